import { and, desc, eq, gte, ilike, inArray, isNull, lt, or, type SQL } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { auditLog } from "../schema";

export type AuditRow = typeof auditLog.$inferSelect;

export type AuditFilter = {
  /** `null`: entries that belong to no workspace. */
  workspaceId: string | null;
  id?: string | undefined;
  actions?: string[] | undefined;
  actorId?: string | undefined;
  targetId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Part of a name or an address. */
  q?: string | undefined;
};

export async function insertAuditRow(db: Queryable, row: typeof auditLog.$inferInsert): Promise<void> {
  await db.insert(auditLog).values(row);
}

/** Rows that match, newest first, from below the cursor. */
export async function findAuditRows(
  db: Queryable,
  filter: AuditFilter,
  { limit, before }: { limit: number; before: string | null },
): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditLog)
    .where(and(matches(filter), before ? lt(auditLog.id, before) : undefined))
    .orderBy(desc(auditLog.id))
    .limit(limit);
}

const rowsPerWalk = 500;

/** All rows that match, newest first, in chunks. */
export async function* walkAuditRows(db: Queryable, filter: AuditFilter): AsyncGenerator<AuditRow[], void> {
  let before: string | null = null;
  for (;;) {
    const rows: AuditRow[] = await findAuditRows(db, filter, { limit: rowsPerWalk, before });
    if (rows.length > 0) yield rows;
    before = rows.at(-1)?.id ?? null;
    if (rows.length < rowsPerWalk) return;
  }
}

function matches({ workspaceId, id, actions, actorId, targetId, from, to, q }: AuditFilter): SQL | undefined {
  const part = q && `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    workspaceId === null ? isNull(auditLog.workspaceId) : eq(auditLog.workspaceId, workspaceId),
    id ? eq(auditLog.id, id) : undefined,
    actions ? inArray(auditLog.action, actions) : undefined,
    actorId ? eq(auditLog.actorId, actorId) : undefined,
    targetId ? eq(auditLog.targetId, targetId) : undefined,
    from ? gte(auditLog.createdAt, from) : undefined,
    to ? lt(auditLog.createdAt, to) : undefined,
    part
      ? or(
          ilike(auditLog.actorName, part),
          ilike(auditLog.targetName, part),
          ilike(auditLog.address, part),
          ilike(auditLog.action, part),
        )
      : undefined,
  );
}
