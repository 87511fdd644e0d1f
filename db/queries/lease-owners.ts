import type postgres from "postgres";
import { namedStatement } from "./named-statement";

/**
 * Records that a process is alive.
 *
 * @param params.silentSeconds processes that have not said so for longer count as dead
 * @returns the database's clock, in milliseconds since 1970, and how many other processes are alive
 */
export async function noteLeaseOwner(
  sql: postgres.Sql,
  params: { id: string; silentSeconds: number },
): Promise<{ databaseNow: number; others: number }> {
  const [row] = await note(sql, params);
  return { databaseNow: row?.now ?? Number.NaN, others: row?.others ?? 0 };
}

const note = namedStatement<{ now: number; others: number }, { id: string; silentSeconds: number }>(`
  insert into lease_owners (id, seen_at) values (:id, now())
  on conflict (id) do update set seen_at = excluded.seen_at
  returning (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
    (select count(*)::int from lease_owners o
      where o.id <> :id and o.seen_at >= now() - make_interval(secs => :silentSeconds)) as others`);

/**
 * Processes that have not said for so long that they are alive.
 *
 * @param params.exceptId the process that asks
 */
export async function findSilentLeaseOwners(
  sql: postgres.Sql,
  params: { silentSeconds: number; exceptId: string },
): Promise<string[]> {
  return (await findSilent(sql, params)).map(({ id }) => id);
}

const findSilent = namedStatement<{ id: string }, { silentSeconds: number; exceptId: string }>(`
  select id from lease_owners where id <> :exceptId and seen_at < now() - make_interval(secs => :silentSeconds)`);

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
