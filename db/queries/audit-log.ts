import { and, desc, eq, inArray } from "drizzle-orm";
import type { Queryable } from "../client";
import { auditLog, users } from "../schema";

export async function insertAuditRow(db: Queryable, row: typeof auditLog.$inferInsert): Promise<void> {
  await db.insert(auditLog).values(row);
}

/** The newest rows of the given actions on one thing, with the name of the person who did it, if it was one. */
export async function findAuditRows(
  db: Queryable,
  params: { workspaceId: string; targetId: string; actions: string[]; limit: number },
) {
  return db
    .select({
      action: auditLog.action,
      actorType: auditLog.actorType,
      userName: users.name,
      createdAt: auditLog.createdAt,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(
      and(
        eq(auditLog.workspaceId, params.workspaceId),
        eq(auditLog.targetId, params.targetId),
        inArray(auditLog.action, params.actions),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(params.limit);
}
