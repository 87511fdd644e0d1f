import type postgres from "postgres";
import { namedStatement } from "./named-statement";

type Note = { id: string; aheadSeconds: number; silentSeconds: number };

/**
 * Records that a process is alive.
 *
 * @param params.aheadSeconds how much longer than usual it may be silent
 * @param params.silentSeconds processes that have not said so for longer count as dead
 * @returns the database's clock, in milliseconds since 1970, how many other processes are alive, and
 *   which are silent
 */
export async function noteLeaseOwner(
  sql: postgres.Sql,
  params: Note,
): Promise<{ databaseNow: number; others: number; silent: string[] }> {
  const [row] = await note(sql, params);
  return { databaseNow: row?.now ?? Number.NaN, others: row?.others ?? 0, silent: row?.silent ?? [] };
}

const note = namedStatement<{ now: number; others: number; silent: string[] }, Note>(`
  insert into lease_owners (id, seen_at) values (:id, now() + make_interval(secs => :aheadSeconds))
  on conflict (id) do update set seen_at = excluded.seen_at
  returning (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
    (select count(*)::int from lease_owners o
      where o.id <> :id and o.seen_at >= now() - make_interval(secs => :silentSeconds)) as others,
    array(select o.id::text from lease_owners o
      where o.id <> :id and o.seen_at < now() - make_interval(secs => :silentSeconds)) as silent`);

/** Processes that have said within so long that they are alive. */
export async function countLeaseOwners(
  sql: postgres.Sql,
  params: { silentSeconds: number },
): Promise<number> {
  const [row] = await count(sql, params);
  return row?.n ?? 0;
}

const count = namedStatement<{ n: number }, { silentSeconds: number }>(`
  select count(*)::int as n from lease_owners where seen_at >= now() - make_interval(secs => :silentSeconds)`);

/** Forgets a process whose leases were given back. If it is alive after all, it records itself again. */
export async function deleteLeaseOwner(sql: postgres.Sql, id: string): Promise<void> {
  await remove(sql, { id });
}

const remove = namedStatement<never, { id: string }>("delete from lease_owners where id = :id");
