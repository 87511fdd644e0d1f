import type postgres from "postgres";

/**
 * When the next attempt is due of what no process holds: `null` for none within the next minute.
 *
 * @returns milliseconds since 1970; in the past where something is due now
 */
export async function nextDue(sql: postgres.Sql): Promise<number | null> {
  const [row] = await sql.unsafe<{ at: number | null }[]>(statement, [], { prepare: true });
  return row?.at ?? null;
}

const statement = `
  select (extract(epoch from min(at)) * 1000)::float8 as at from (
    select min(d.due_at) as at
    from endpoint_states s cross join lateral (
      select d.due_at from deliveries d
      where d.endpoint_id = s.endpoint_id and d.due_at is not null and (d.leased_until is null or d.leased_until < now())
      order by d.due_at limit 1
    ) d
    where s.disabled_at is null and s.next_due_at <= now() + interval '1 minute'
    union all
    select min(d.requested_at) from deliveries d
    where d.requested_at is not null and (d.leased_until is null or d.leased_until < now())
  ) x where at <= now() + interval '1 minute'`;
