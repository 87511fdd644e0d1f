import type postgres from "postgres";
import type { AttemptError } from "../../lib/core/deliveries";
import { idAt } from "../../lib/core/ids";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { namedStatement } from "./named-statement";

/** The newest deliveries that types are counted of, and those with failed attempts that causes are counted of. */
const typesOf = 20_000;
const causesOf = 2_000;
const dayMs = 86_400_000;

type Of = { workspaceId: string; endpointId: string; since: Date };

const newest = `
  select id, type, status, attempts, http_status from delivery_log
  where workspace_id = :workspaceId::uuid and endpoint_id = :endpointId::uuid and id >= :fromId::uuid
    and listed and not test
  order by id desc limit ${typesOf}`;

/**
 * Event types of an endpoint's newest deliveries, most first.
 *
 * @returns also since when these were made, if there are more
 */
export async function countTypes(
  sql: postgres.Sql,
  of: Of,
): Promise<{ types: { type: string; deliveries: number; undelivered: number }[]; countedFrom: Date | null }> {
  const types = await findTypes(sql, values(of));
  const looked = types.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const [oldest] = looked < typesOf ? [] : await findOldest(sql, values(of));
  return { types: [...types], countedFrom: oldest ? timeOfId(oldest.id) : null };
}

const findTypes = namedStatement<{ type: string; deliveries: number; undelivered: number }>(
  `
  select type, count(*)::float8 as deliveries, count(*) filter (where status <> 'succeeded')::float8 as undelivered
  from (${newest}) n group by 1 order by 2 desc, 1`,
  { prepared: false },
);

const findOldest = namedStatement<{ id: string }>(`select id from (${newest}) n order by id limit 1`, {
  prepared: false,
});

/** Failed attempts by what went wrong, most first, of the newest deliveries that had any. */
export async function countCauses(
  sql: postgres.Sql,
  of: Of,
): Promise<{ error: AttemptError | null; httpStatus: number | null; attempts: number }[]> {
  // Weeks to come hold none, and need not be looked into; clocks differ.
  return findCauses(sql, { ...values(of), belowId: idAt(new Date(Date.now() + dayMs)) });
}

const findCauses = namedStatement<{
  error: AttemptError | null;
  httpStatus: number | null;
  attempts: number;
}>(
  `
  select a.error, a.http_status as "httpStatus", count(*)::float8 as attempts
  from (
    select id from (${newest}) n
    where attempts > 1 or attempts > 0 and not coalesce(http_status between 200 and 299, false)
    limit ${causesOf}
  ) d
  cross join lateral (
    select error, http_status from attempts
    where delivery_id = d.id and id >= d.id and id < :belowId::uuid
      and not coalesce(http_status between 200 and 299, false) and trigger <> 'test'
    offset 0
  ) a
  group by 1, 2 order by 3 desc limit 20`,
  { prepared: false },
);

const values = ({ workspaceId, endpointId, since }: Of) => ({ workspaceId, endpointId, fromId: idAt(since) });
