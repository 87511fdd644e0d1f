import type postgres from "postgres";
import { backsOff } from "../fragments/backs-off";
import { firstDue } from "../fragments/in-turn";
import { namedStatement } from "./named-statement";

/**
 * When the next attempt of a delivery that no process holds may be made: `null` if none within the next minute.
 * Leases that expire within that minute count, because their deliveries are due then.
 *
 * @returns in how many milliseconds, by the database's clock; zero or less if something is due now
 */
export async function nextDueInMs(sql: postgres.Sql): Promise<number | null> {
  const [row] = await find(sql, {});
  return row?.inMs ?? null;
}

/** That, as a scalar subquery. */
export const nextDueInMsText = `
  select (extract(epoch from min(at) - now()) * 1000)::float8 as "inMs" from (
    select greatest(q.due_at, s.next_due_at,
      case when ${backsOff("s")} then greatest(s.next_probe_at, s.probe_until) end) as at
    from endpoint_states s
    cross join lateral (select p.generation from endpoints p where p.id = s.endpoint_id limit 1) p
    cross join lateral (
      (${firstDue({ endpoint: "s.endpoint_id", generation: "p.generation" })})
      union all
      (select min(q.leased_until) from delivery_queue q where q.endpoint_id = s.endpoint_id and q.leased = true)
      union all
      (select min(l.leased_until) from delivery_leases l where l.endpoint_id = s.endpoint_id)
    ) q
    where s.disabled_at is null and s.next_due_at <= now() + interval '1 minute' and q.due_at is not null
    union all
    select min(greatest(q.requested_at, q.leased_until)) from delivery_queue q where q.requested_at is not null
  ) x where at <= now() + interval '1 minute'`;

const find = namedStatement<{ inMs: number | null }>(nextDueInMsText);
