import type postgres from "postgres";
import { firstDue } from "../fragments/in-turn";
import { namedStatement } from "./named-statement";

/**
 * For how long the oldest delivery has been due, among those of webhooks that nothing holds back: that are enabled, do not
 * fail, and have no rate limit. What is being sent does not count.
 *
 * @param params.overSeconds only if it is longer
 * @returns in seconds, by the database's clock; `null` if none is that old
 */
export async function findOldestDueSeconds(
  sql: postgres.Sql,
  params: { overSeconds: number },
): Promise<number | null> {
  const [row] = await find(sql, params);
  return row?.seconds ?? null;
}

/** An endpoint's `next_due_at` is never later than what is due, so that few have to be looked at. */
const find = namedStatement<{ seconds: number | null }>(`
  select extract(epoch from now() - min(q.due_at))::float8 as seconds
  from endpoint_states s
  join endpoints p on p.id = s.endpoint_id
  cross join lateral (${firstDue({ endpoint: "s.endpoint_id", generation: "p.generation" })}) q
  where s.next_due_at < now() - make_interval(secs => :overSeconds) and s.disabled_at is null
    and s.consecutive_failures = 0 and s.slow_start is null and p.rate_limit is null and p.deleted_at is null
    and q.due_at < now() - make_interval(secs => :overSeconds)`);
