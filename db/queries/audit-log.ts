import type { Queryable } from "../connection/client";
import { auditLog } from "../schema";

export async function insertAuditRow(db: Queryable, row: typeof auditLog.$inferInsert): Promise<void> {
  await db.insert(auditLog).values(row);
}
