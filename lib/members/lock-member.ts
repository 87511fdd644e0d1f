import type { Transaction } from "@/db/connection/client";
import { countOtherOwners, findMembers } from "@/db/queries/members";
import { findWorkspace } from "@/db/queries/workspaces";
import { AppError, notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import type { Context } from "../verbs/context";

/**
 * A member, with the workspace's membership locked until the transaction ends.
 *
 * @throws AppError `not_found` if there is no such member
 */
export async function lockMember(ctx: Context, tx: Transaction, id: string) {
  const userId = fromPublicId("user", id);
  const workspaceId = ctx.workspace.id;
  await findWorkspace(tx, workspaceId, { forChange: true });
  const [member] = userId ? await findMembers(tx, { workspaceId, userId }) : [];
  if (!member) throw notFound("member");
  return member;
}

/** Throws `conflict` if the workspace would have no owner without this member. */
export async function requireOtherOwner(
  ctx: Context,
  tx: Transaction,
  userId: string,
  wayOut: string,
): Promise<void> {
  const others = await countOtherOwners(tx, { workspaceId: ctx.workspace.id, userId });
  if (others === 0) throw new AppError("conflict", `A workspace needs at least one owner. ${wayOut}`);
}
