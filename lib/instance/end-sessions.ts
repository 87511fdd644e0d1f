import { endSessionsOf } from "@/db/queries/instance-people";
import { findUser } from "@/db/queries/users";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { log } from "../platform/log";
import { type PersonContext, requireOperator } from "./context";

/** Signs somebody out everywhere. */
export async function endSessions({ ctx, id }: { ctx: PersonContext; id: string }): Promise<void> {
  await requireOperator(ctx);
  const userId = fromPublicId("user", id);
  if (!userId || !(await findUser(ctx.db, userId))) throw notFound("user");
  const ended = await endSessionsOf(ctx.db, userId);
  log().info({ operator: ctx.user.id, user: userId, ended }, "an operator ended somebody's sessions");
}
