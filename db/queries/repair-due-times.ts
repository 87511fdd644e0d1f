import type postgres from "postgres";
import { firstDue } from "../fragments/in-turn";

/**
 * Corrects the due time of endpoints whose deliveries are due earlier than it says, as after a restore. A due time in
 * the past makes every claim look at the endpoint, so it is never wrong; a rate limit may delay it by a second.
 *
 * @returns how many were wrong
 */
export async function repairDueTimes(sql: postgres.Sql): Promise<number> {
  const rows = await sql.unsafe(
    `update endpoint_states s set next_due_at = first.due_at
     from endpoint_states t
     cross join lateral (select p.generation from endpoints p where p.id = t.endpoint_id limit 1) p
     cross join lateral (${firstDue({ endpoint: "t.endpoint_id", generation: "p.generation" })}) first
     where s.endpoint_id = t.endpoint_id and s.disabled_at is null
       and (s.next_due_at is null or s.next_due_at > greatest(first.due_at, now())
         + case when s.rate_at is null then interval '0' else interval '5 seconds' end)
     returning s.endpoint_id`,
  );
  return rows.length;
}

/** Deletes idempotency keys older than 24 hours, some at a time. */
export async function deleteExpiredKeys(sql: postgres.Sql): Promise<number> {
  const rows = await sql.unsafe(
    `delete from idempotency_keys k using (
       select workspace_id, scope, key from idempotency_keys where expires_at < now() limit 10000 for update skip locked
     ) old
     where k.workspace_id = old.workspace_id and k.scope = old.scope and k.key = old.key returning 1`,
  );
  return rows.length;
}
