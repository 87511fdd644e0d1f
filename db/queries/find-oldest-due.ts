import type postgres from "postgres";
import { firstDue } from "../fragments/in-turn";
import { namedStatement } from "./named-statement";

/**
 * How long the oldest delivery has been due, among webhooks that nothing holds back: enabled, not failing, and
 * without a rate limit. Deliveries that are being sent do not count.
 *
 * @param params.overSeconds only return a time longer than this
 * @returns seconds, by the database's clock; `null` if none is that old
 */
export async function findOldestDueSeconds(
  sql: postgres.Sql,
  params: { overSeconds: number },
): Promise<number | null> {
  const [row] = await find(sql, params);
  return row?.seconds ?? null;
}

/** An endpoint's `next_due_at` is never later than its due deliveries, so only a few endpoints have to be read. */
const find = namedStatement<{ seconds: number | null }>(`
  select extract(epoch from now() - min(q.due_at))::float8 as seconds
  from endpoint_states s
  join endpoints p on p.id = s.endpoint_id
  cross join lateral (${firstDue({ endpoint: "s.endpoint_id", generation: "p.generation" })}) q
  where s.next_due_at < now() - make_interval(secs => :overSeconds) and s.disabled_at is null
    and s.consecutive_failures = 0 and s.slow_start is null and p.rate_limit is null and p.deleted_at is null
    and q.due_at < now() - make_interval(secs => :overSeconds)`);
