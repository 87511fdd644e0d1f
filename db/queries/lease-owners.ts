import type postgres from "postgres";

/**
 * Says that a process is alive.
 *
 * @returns the database's clock, in milliseconds since 1970
 */
export async function noteLeaseOwner(sql: postgres.Sql, id: string): Promise<number> {
  const [row] = await sql.unsafe<{ now: number }[]>(
    `insert into lease_owners (id, seen_at) values ($1, now())
     on conflict (id) do update set seen_at = excluded.seen_at
     returning (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
    [id],
    { prepare: true },
  );
  return row?.now ?? Number.NaN;
}

/**
 * Processes that have not said that they are alive for so long.
 *
 * @param params.exceptId the one that asks
 */
export async function findSilentLeaseOwners(
  sql: postgres.Sql,
  params: { silentSeconds: number; exceptId: string },
): Promise<string[]> {
  const rows = await sql.unsafe<{ id: string }[]>(
    `select id from lease_owners where id <> $1 and seen_at < now() - make_interval(secs => $2)`,
    [params.exceptId, params.silentSeconds],
    { prepare: true },
  );
  return rows.map(({ id }) => id);
}

/** Forgets a process, whose leases were given back. One that is alive says so again. */
export async function deleteLeaseOwner(sql: postgres.Sql, id: string): Promise<void> {
  await sql.unsafe(`delete from lease_owners where id = $1`, [id], { prepare: true });
}
