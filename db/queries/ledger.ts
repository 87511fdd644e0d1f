import type postgres from "postgres";

export type LedgerTotal = {
  accepted: number;
  succeeded: number;
  failed: number;
  discarded: number;
  /** Neither succeeded, nor failed, nor discarded: pending, or held. */
  open: number;
  held: number;
};

/** The sums of all that a workspace retains, and how much of it is held, in one snapshot. */
export async function findLedgerTotal(sql: postgres.Sql, workspaceId: string): Promise<LedgerTotal> {
  const [row] = await sql.unsafe<LedgerTotal[]>(totalStatement, [workspaceId], { prepare: true });
  return row ?? { accepted: 0, succeeded: 0, failed: 0, discarded: 0, open: 0, held: 0 };
}

/** Folded or not: the two are read together. */
const entries = `(select * from ledger_hours where workspace_id = $1 union all
  select * from ledger_deltas where workspace_id = $1)`;

const sums = `coalesce(sum(l.accepted), 0)::float8 as accepted, coalesce(sum(l.succeeded), 0)::float8 as succeeded,
  coalesce(sum(l.failed), 0)::float8 as failed, coalesce(sum(l.discarded), 0)::float8 as discarded,
  coalesce(sum(l.accepted - l.succeeded - l.failed - l.discarded), 0)::float8 as open`;

const totalStatement = `
  select ${sums}, (
    select count(*)::float8
    from endpoints p join endpoint_states s on s.endpoint_id = p.id
    join delivery_queue q on q.endpoint_id = p.id and q.pending and not q.test
      and (s.disabled_at is not null or q.epoch < p.epoch)
    where p.workspace_id = $1
  ) as held
  from ${entries} l`;

export type LedgerRange = Omit<LedgerTotal, "held"> & { from: Date };

/** The sums by day (UTC) or hour of acceptance, newest first; those without deliveries are left out. */
export async function findLedgerRanges(
  sql: postgres.Sql,
  params: { workspaceId: string; by: "day" | "hour"; from: Date; to: Date },
): Promise<LedgerRange[]> {
  const rows = await sql.unsafe<(Omit<LedgerRange, "from"> & { from: number })[]>(
    `select (extract(epoch from date_trunc('${params.by}', l.hour, 'UTC')) * 1000)::float8 as "from", ${sums}
     from ${entries} l where l.hour >= $2::timestamptz and l.hour < $3::timestamptz
     group by 1 having sum(l.accepted) > 0 order by 1 desc`,
    [params.workspaceId, params.from.toISOString(), params.to.toISOString()],
  );
  return rows.map((row) => ({ ...row, from: new Date(row.from) }));
}
