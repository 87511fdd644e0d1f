import type postgres from "postgres";
import { namedStatement } from "./named-statement";

/** A workspace's pending deliveries, including held ones. */
export type OpenDeliveries = { workspaceId: string; slug: string; open: number };

/**
 * The number of pending deliveries by workspace, from the ledger, whose size depends on hours and workspaces and not
 * on how many deliveries are pending. Tests are left out.
 *
 * @param params.shown how many workspaces are listed, those with the most first
 * @returns these workspaces, and the sum of all others
 */
export async function findOpenDeliveries(
  sql: postgres.Sql,
  params: { shown: number },
): Promise<{ shown: OpenDeliveries[]; others: number }> {
  const rows = await find(sql, params);
  const others = rows.find((row) => row.workspaceId === null);
  const shown = rows.flatMap(({ workspaceId, slug, open }) =>
    workspaceId === null || slug === null ? [] : { workspaceId, slug, open },
  );
  return { shown, others: others?.open ?? 0 };
}

const find = namedStatement<{ workspaceId: string | null; slug: string | null; open: number }>(`
  with sums as (
    select workspace_id, sum(accepted - succeeded - failed - discarded) as open
    from (select * from ledger_hours union all select * from ledger_deltas) l group by workspace_id
  ), ranked as (
    select w.id, w.slug, s.open, row_number() over (order by s.open desc, w.id) as place
    from sums s join workspaces w on w.id = s.workspace_id where s.open > 0
  )
  select id as "workspaceId", slug, open::float8 as open from ranked where place <= :shown
  union all
  select null, null, coalesce(sum(open), 0)::float8 from ranked where place > :shown
  order by open desc`);
