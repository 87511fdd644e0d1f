import { findSelfTest, insertSelfTest } from "@/db/queries/self-tests";
import type { SelfTestOutput } from "../contract/self-tests";
import { AppError, notFound } from "../core/errors";
import { newId } from "../core/ids";
import { auditSourceOf, type PersonContext, requireOperator } from "../instance/context";
import { signalSelfTest } from "../platform/signals";
import { writeAudit } from "../verbs/write-audit";
import { presentSelfTest } from "./present-self-test";

/**
 * Has a process that delivers run a self-test (see `runSelfTest`).
 *
 * @throws AppError `conflict` while another one has not finished
 */
export async function startSelfTest({ ctx }: { ctx: PersonContext }): Promise<SelfTestOutput> {
  await requireOperator(ctx);
  const id = newId();
  await ctx.db.transaction(async (tx) => {
    const isAdded = await insertSelfTest(tx, {
      id,
      status: "queued",
      phase: "burst",
      testWorkspaceId: newId(),
      createdBy: ctx.user.name,
    });
    if (!isAdded)
      throw new AppError("conflict", "A self-test is running. Wait until it has finished, or cancel it.");
    await writeAudit(tx, auditSourceOf(ctx, null), "self_test.start", { targetId: id, targetName: null });
  });
  signalSelfTest();
  const row = await findSelfTest(ctx.db, id);
  if (!row) throw notFound("self-test");
  return presentSelfTest(row);
}
