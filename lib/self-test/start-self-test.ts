import { findSelfTest, insertSelfTest } from "@/db/queries/self-tests";
import type { SelfTestOutput } from "../contract/self-tests";
import { AppError, notFound } from "../core/errors";
import { newId } from "../core/ids";
import { type PersonContext, requireOperator } from "../instance/context";
import { log } from "../platform/log";
import { signalSelfTest } from "../platform/signals";
import { presentSelfTest } from "./present-self-test";

/**
 * Has a process that delivers run a self-test (see `runSelfTest`).
 *
 * @throws AppError `conflict` while another one has not finished
 */
export async function startSelfTest({ ctx }: { ctx: PersonContext }): Promise<SelfTestOutput> {
  await requireOperator(ctx);
  const id = newId();
  const isAdded = await insertSelfTest(ctx.db, {
    id,
    status: "queued",
    phase: "burst",
    testWorkspaceId: newId(),
    createdBy: ctx.user.name,
  });
  if (!isAdded)
    throw new AppError("conflict", "A self-test is running. Wait until it has finished, or cancel it.");
  log().info({ operator: ctx.user.id, selfTest: id }, "an operator started a self-test");
  signalSelfTest();
  const row = await findSelfTest(ctx.db, id);
  if (!row) throw notFound("self-test");
  return presentSelfTest(row);
}
