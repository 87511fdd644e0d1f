import { database } from "@/db/connection/database";
import { deleteEnded } from "@/db/queries/delete-ended";
import { dropPartitions } from "@/db/queries/drop-partitions";
import { recountFailureGroups } from "@/db/queries/fold-group-deltas";
import {
  auditExpiry,
  deletePastRetention,
  discardPastRetention,
  findRetentions,
  type Retention,
} from "@/db/queries/remove-past-retention";
import { deletePastSignInLimits } from "@/db/queries/sign-in-limits";
import { toPublicId } from "../core/ids";
import { settings } from "../platform/env";
import { log } from "../platform/log";

export type RetentionRun = { discarded: number; dropped: string[]; inUse: string[]; deleted: number };

/**
 * Removes data older than its workspace's retention, a week (Monday, UTC) at a time: discards pending and held
 * deliveries, drops the partitions that no workspace keeps any longer, and deletes this workspace's rows from the
 * others. Old entries of the audit log and ended sessions are removed, too.
 */
export async function applyRetention(): Promise<RetentionRun> {
  const { db, sql } = database();
  const retentions = await findRetentions(sql);
  const run: RetentionRun = { discarded: 0, dropped: [], inUse: [], deleted: 0 };
  for (const retention of retentions) {
    await auditExpiry(sql, retention);
    const discarded = await discardPastRetention(sql, retention);
    if (discarded > 0) {
      log().warn({ ...described(retention), discarded }, "deliveries held past retention were discarded");
    }
    run.discarded += discarded;
  }
  const [longest] = retentions.map(({ from }) => from).sort((a, b) => a.getTime() - b.getTime());
  if (longest) Object.assign(run, await dropPartitions(db, longest));
  if (run.inUse.length > 0)
    log().warn({ inUse: run.inUse }, "partitions past retention are in use, and are kept for now");
  for (const retention of retentions) {
    const deleted = await deletePastRetention(sql, retention);
    if (deleted > 0) log().info({ ...described(retention), deleted }, "rows past retention were deleted");
    run.deleted += deleted;
  }
  // Deliveries removed with the rows are still counted as failing.
  await recountFailureGroups(sql);
  await deletePastSignInLimits(db);
  run.deleted += await deleteEnded(sql, { auditDays: settings().auditDays });
  if (run.dropped.length > 0) log().info({ dropped: run.dropped }, "partitions past retention were dropped");
  return run;
}

function described({ workspaceId, from }: Retention): { workspace: string; retainedFrom: Date } {
  return { workspace: toPublicId("workspace", workspaceId), retainedFrom: from };
}
