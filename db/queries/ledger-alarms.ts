import { and, count, desc, eq, gte, isNull, or } from "drizzle-orm";
import type postgres from "postgres";
import type { LedgerAlarmKind } from "../../lib/core/ledger";
import type { Queryable } from "../connection/client";
import { ledgerAlarms } from "../schema";
import type { LedgerGap } from "./compare-ledger";
import { namedStatement } from "./named-statement";
import type { OldestDue } from "./oldest-due";

/**
 * Opens an alarm for each hour with a gap that has none, updates the figures of open alarms, and closes those of
 * hours that are correct again.
 *
 * @param params.from the first hour that was compared
 * @param params.to the hour after the last
 * @returns the gaps whose alarm was opened, and how many alarms were closed
 */
export async function updateGapAlarms(
  connection: postgres.Sql,
  params: { from: Date; to: Date; gaps: (LedgerGap & { id: string })[] },
): Promise<{ opened: LedgerGap[]; closed: number }> {
  const { from, to, gaps } = params;
  const rows = await updateGaps(connection, {
    gaps: JSON.stringify(gaps.map((gap) => ({ ...gap, hour: gap.hour.toISOString() }))),
    from: from.toISOString(),
    to: to.toISOString(),
  });
  const opened = new Set(rows.map((row) => row.id));
  return {
    opened: gaps.filter((gap) => opened.has(gap.id)),
    closed: rows.filter((row) => row.id === null).length,
  };
}

const updateGaps = namedStatement<{ id: string | null }>(`
  with gaps as materialized (
    select * from json_to_recordset(:gaps::text::json)
      as x(id uuid, "workspaceId" uuid, hour timestamptz, expected jsonb, found jsonb)
  ), written as (
    insert into ledger_alarms as a (id, workspace_id, kind, hour, expected, found)
    select id, "workspaceId", 'gap', hour, expected, found from gaps order by "workspaceId", hour
    on conflict (workspace_id, hour) where kind = 'gap' and closed_at is null
      do update set expected = excluded.expected, found = excluded.found
    returning a.id
  ), closed as (
    update ledger_alarms a set closed_at = now()
    where a.kind = 'gap' and a.closed_at is null and a.hour >= :from::timestamptz and a.hour < :to::timestamptz
      and not exists (select from gaps g where g."workspaceId" = a.workspace_id and g.hour = a.hour)
    returning 1
  )
  select id from written union all select null::uuid from closed`);

/** The same for late deliveries: one alarm per workspace, which names the delivery that has been due longest. */
export async function updateLateAlarms(
  connection: postgres.Sql,
  late: (OldestDue & { id: string })[],
): Promise<{ opened: OldestDue[]; closed: number }> {
  const rows = await updateLate(connection, {
    late: JSON.stringify(late.map((one) => ({ ...one, dueAt: one.dueAt.toISOString() }))),
  });
  const opened = new Set(rows.map((row) => row.id));
  return {
    opened: late.filter((one) => opened.has(one.id)),
    closed: rows.filter((row) => row.id === null).length,
  };
}

const updateLate = namedStatement<{ id: string | null }>(`
  with late as materialized (
    select * from json_to_recordset(:late::text::json)
      as x(id uuid, "workspaceId" uuid, "deliveryId" uuid, "endpointId" uuid, "dueAt" timestamptz)
  ), written as (
    insert into ledger_alarms as a (id, workspace_id, kind, delivery_id, endpoint_id, due_at)
    select id, "workspaceId", 'late', "deliveryId", "endpointId", "dueAt" from late order by "workspaceId"
    on conflict (workspace_id) where kind = 'late' and closed_at is null
      do update set delivery_id = excluded.delivery_id, endpoint_id = excluded.endpoint_id, due_at = excluded.due_at
    returning a.id
  ), closed as (
    update ledger_alarms a set closed_at = now()
    where a.kind = 'late' and a.closed_at is null
      and not exists (select from late l where l."workspaceId" = a.workspace_id)
    returning 1
  )
  select id from written union all select null::uuid from closed`);

/** Hours with an open alarm, newest first. */
export async function findGapHours(db: Queryable, limit: number): Promise<Date[]> {
  const rows = await db
    .selectDistinct({ hour: ledgerAlarms.hour })
    .from(ledgerAlarms)
    .where(and(eq(ledgerAlarms.kind, "gap"), isNull(ledgerAlarms.closedAt)))
    .orderBy(desc(ledgerAlarms.hour))
    .limit(limit);
  return rows.flatMap((row) => row.hour ?? []);
}

/** A workspace's alarms that are open or, if a time is given, were closed since then, newest first. */
export async function findLedgerAlarms(
  db: Queryable,
  params: { workspaceId: string; closedSince: Date | null; limit: number },
) {
  return db
    .select()
    .from(ledgerAlarms)
    .where(
      and(
        eq(ledgerAlarms.workspaceId, params.workspaceId),
        or(
          isNull(ledgerAlarms.closedAt),
          params.closedSince ? gte(ledgerAlarms.closedAt, params.closedSince) : undefined,
        ),
      ),
    )
    .orderBy(desc(ledgerAlarms.openedAt))
    .limit(params.limit);
}
export type LedgerAlarmRow = Awaited<ReturnType<typeof findLedgerAlarms>>[number];

/** The kinds of alarms that are open in any workspace. */
export async function findOpenAlarmKinds(db: Queryable): Promise<LedgerAlarmKind[]> {
  const rows = await db
    .selectDistinct({ kind: ledgerAlarms.kind })
    .from(ledgerAlarms)
    .where(isNull(ledgerAlarms.closedAt));
  return rows.map((row) => row.kind);
}

/** Open alarms of all workspaces, by kind. */
export async function countOpenAlarms(db: Queryable): Promise<Record<LedgerAlarmKind, number>> {
  const rows = await db
    .select({ kind: ledgerAlarms.kind, n: count() })
    .from(ledgerAlarms)
    .where(isNull(ledgerAlarms.closedAt))
    .groupBy(ledgerAlarms.kind);
  const counts = { gap: 0, late: 0 };
  for (const { kind, n } of rows) counts[kind] = n;
  return counts;
}
