import type postgres from "postgres";
import { countHeldOf } from "../fragments/count-held";
import type { HeldCount } from "./endpoints";
import { namedStatement } from "./named-statement";

export type LedgerTotal = {
  accepted: number;
  succeeded: number;
  failed: number;
  discarded: number;
  /** Neither succeeded, nor failed, nor discarded: pending or held. */
  open: number;
  held: number;
};

/** The sums of everything that a workspace retains, and how much of it each webhook holds, in one snapshot. */
export async function findLedgerTotal(
  sql: postgres.Sql,
  workspaceId: string,
): Promise<{ total: LedgerTotal; held: HeldCount[] }> {
  const [row] = await findTotal(sql, { workspaceId });
  const { heldBy, ...sums } = row ?? {
    accepted: 0,
    succeeded: 0,
    failed: 0,
    discarded: 0,
    open: 0,
    heldBy: [],
  };
  return { total: { ...sums, held: heldBy.reduce((sum, { n }) => sum + n, 0) }, held: heldBy };
}

/** Both folded and unfolded counts are read. */
const entries = `(select * from ledger_hours where workspace_id = :workspaceId union all
  select * from ledger_deltas where workspace_id = :workspaceId)`;

const sums = `coalesce(sum(l.accepted), 0)::float8 as accepted, coalesce(sum(l.succeeded), 0)::float8 as succeeded,
  coalesce(sum(l.failed), 0)::float8 as failed, coalesce(sum(l.discarded), 0)::float8 as discarded,
  coalesce(sum(l.accepted - l.succeeded - l.failed - l.discarded), 0)::float8 as open`;

const findTotal = namedStatement<
  Omit<LedgerTotal, "held"> & { heldBy: HeldCount[] },
  { workspaceId: string }
>(`
  select ${sums}, (
    select coalesce(jsonb_agg(jsonb_build_object('endpointId', h.id, 'n', h.n)) filter (where h.n > 0), '[]')
    from (
      select p.id, ${countHeldOf({ state: "s", endpoint: "p" })} as n
      from endpoints p join endpoint_states s on s.endpoint_id = p.id
      where p.workspace_id = :workspaceId offset 0
    ) h
  ) as "heldBy"
  from ${entries} l`);

/** Accepted events and deliveries, by hour of acceptance from `from` on. */
export async function findAccepted(
  sql: postgres.Sql,
  params: { workspaceId: string; from: Date },
): Promise<{ hour: Date; events: number; deliveries: number }[]> {
  const rows = await findAcceptedHours(sql, {
    workspaceId: params.workspaceId,
    from: params.from.toISOString(),
  });
  return rows.map((row) => ({ ...row, hour: new Date(row.hour) }));
}

const findAcceptedHours = namedStatement<{ hour: number; events: number; deliveries: number }>(
  `
  select (extract(epoch from l.hour) * 1000)::float8 as hour, sum(l.events)::float8 as events,
    sum(l.accepted)::float8 as deliveries
  from ${entries} l where l.hour >= :from::timestamptz group by 1`,
  { prepared: false },
);

export type LedgerRange = Omit<LedgerTotal, "held"> & { from: Date };

/** The sums by day (UTC) or hour of acceptance, newest first; those without deliveries are left out. */
export async function findLedgerRanges(
  sql: postgres.Sql,
  params: { workspaceId: string; by: "day" | "hour"; from: Date; to: Date },
): Promise<LedgerRange[]> {
  const { workspaceId, by } = params;
  const rows = await findRanges(sql, {
    workspaceId,
    by,
    from: params.from.toISOString(),
    to: params.to.toISOString(),
  });
  return rows.map((row) => ({ ...row, from: new Date(row.from) }));
}

const findRanges = namedStatement<Omit<LedgerRange, "from"> & { from: number }>(
  `
  select (extract(epoch from date_trunc(:by, l.hour, 'UTC')) * 1000)::float8 as "from", ${sums}
  from ${entries} l where l.hour >= :from::timestamptz and l.hour < :to::timestamptz
  group by 1 having sum(l.accepted) > 0 order by 1 desc`,
  { prepared: false },
);
