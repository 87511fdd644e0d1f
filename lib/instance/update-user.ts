import { endSessionsOf, lockOperators, setUserRights } from "@/db/queries/instance-people";
import { forgetApiKeys } from "../api-keys/find-api-key";
import { updateUserInput } from "../contract/instance";
import { changesOf } from "../core/audit-changes";
import { AppError, notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { writeAudit } from "../verbs/write-audit";
import { auditSourceOf, type PersonContext, requireOperator } from "./context";

/**
 * Makes a user an operator or takes that back, and disables or enables an account. A disabled user is signed out at
 * once and their API keys stop; everything is restored once the account is enabled again.
 *
 * @throws AppError `conflict` if no operator would be left, or for the user's own account
 */
export async function updateUser({
  ctx,
  id,
  input,
}: {
  ctx: PersonContext;
  id: string;
  input: Input<typeof updateUserInput>;
}): Promise<void> {
  await requireOperator(ctx);
  const { isOperator, disabled } = parseInput(updateUserInput, input);
  const userId = fromPublicId("user", id);
  if (!userId) throw notFound("user");
  if (disabled && userId === ctx.user.id) {
    throw new AppError("conflict", "You can't disable your own account. Ask another operator.");
  }
  await ctx.db.transaction(async (tx) => {
    const user = await lockOperators(tx, userId);
    if (!user) throw notFound("user");
    if ((isOperator === false || disabled) && user.isOperator && !user.hasOthers) {
      throw new AppError(
        "conflict",
        "An instance needs at least one operator. Make someone else an operator first.",
      );
    }
    await setUserRights(tx, userId, { isOperator, disabled });
    if (disabled) await endSessionsOf(tx, userId);
    const before = { isOperator: user.isOperator, disabled: user.disabledAt !== null };
    await writeAudit(tx, auditSourceOf(ctx, null), "user.update", {
      targetId: userId,
      targetName: user.name,
      changes: changesOf(before, {
        isOperator: isOperator ?? before.isOperator,
        disabled: disabled ?? before.disabled,
      }),
    });
  });
  forgetApiKeys();
}
