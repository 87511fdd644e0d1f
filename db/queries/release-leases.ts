import type postgres from "postgres";

/** Gives back deliveries that were claimed and not sent; each only while the token is still its own. */
export async function releaseLeases(
  sql: postgres.Sql,
  leases: { id: string; token: string }[],
): Promise<void> {
  if (leases.length === 0) return;
  await sql.unsafe(
    `update deliveries d set token = null, leased_until = null
     from json_to_recordset($1::text::json) as x(id uuid, token uuid)
     where d.id = x.id and d.token = x.token`,
    [JSON.stringify(leases.map(({ id, token }) => ({ id, token })))],
    { prepare: true },
  );
}
