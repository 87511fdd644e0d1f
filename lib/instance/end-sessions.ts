import { endSessionsOf } from "@/db/queries/instance-people";
import { findUser } from "@/db/queries/users";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { writeAudit } from "../verbs/write-audit";
import { auditSourceOf, type PersonContext, requireOperator } from "./context";

/** Signs a user out everywhere. */
export async function endSessions({ ctx, id }: { ctx: PersonContext; id: string }): Promise<void> {
  await requireOperator(ctx);
  const userId = fromPublicId("user", id);
  const user = userId ? await findUser(ctx.db, userId) : null;
  if (!user) throw notFound("user");
  await ctx.db.transaction(async (tx) => {
    const sessions = await endSessionsOf(tx, user.id);
    await writeAudit(tx, auditSourceOf(ctx, null), "user.end_sessions", {
      targetId: user.id,
      targetName: user.name,
      details: { sessions },
    });
  });
}
