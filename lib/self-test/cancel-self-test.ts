import { cancelSelfTest as cancel, findSelfTest } from "@/db/queries/self-tests";
import type { SelfTestOutput } from "../contract/self-tests";
import { AppError, notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { auditSourceOf, type PersonContext, requireOperator } from "../instance/context";
import { writeAudit } from "../verbs/write-audit";
import { presentSelfTest } from "./present-self-test";

/**
 * Asks for the end of a self-test; it ends within a few seconds, and clears away what it wrote.
 *
 * @throws AppError `conflict` if it has ended
 */
export async function cancelSelfTest({
  ctx,
  id,
}: {
  ctx: PersonContext;
  id: string;
}): Promise<SelfTestOutput> {
  await requireOperator(ctx);
  const selfTestId = fromPublicId("selfTest", id);
  const row = selfTestId ? await findSelfTest(ctx.db, selfTestId) : null;
  if (!row) throw notFound("self-test");
  await ctx.db.transaction(async (tx) => {
    if (!(await cancel(tx, row.id))) throw new AppError("conflict", "This self-test has ended.");
    await writeAudit(tx, auditSourceOf(ctx, null), "self_test.cancel", {
      targetId: row.id,
      targetName: null,
    });
  });
  return presentSelfTest((await findSelfTest(ctx.db, row.id)) ?? row);
}
