import { v7 } from "uuid";

/**
 * Writes a row of the instance's audit log, in the transaction of what a command does. A database of an older version,
 * which a backup may be of, takes none.
 * @template {import("../../lib/core/audit").AuditAction} A
 * @param {import("postgres").TransactionSql} tx
 * @param {string} command who did it, as its row says
 * @param {A} action
 * @param {import("../../lib/core/audit").AuditNotes[A]} note
 */
export async function recordAudit(tx, command, action, { targetId, targetName, details }) {
  const row = {
    id: v7(),
    actor_type: "system",
    actor_name: `posthorn ${command}`,
    action,
    target_id: targetId,
    target_name: targetName,
    details: details ?? {},
    created_at: new Date().toISOString(),
  };
  await tx`
    insert into audit_log select one.* from jsonb_populate_record(null::audit_log, ${tx.json(row)}) one
    where exists (
      select from pg_attribute
      where attrelid = 'audit_log'::regclass and attname = 'workspace_id' and not attnotnull)`;
}
