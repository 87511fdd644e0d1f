import { findOwnWorkspaces, findWorkspaceCreators, isOperator } from "@/db/queries/instance-people";
import type { OwnWorkspacesOutput } from "../contract/instance";
import { toPublicId } from "../core/ids";
import { findJoinable } from "../members/find-joinable";
import type { PersonContext } from "./context";

/**
 * The user's workspaces with what needs attention in each; those that they may join on their own; and whether they
 * may create another one.
 */
export async function listOwnWorkspaces({ ctx }: { ctx: PersonContext }): Promise<OwnWorkspacesOutput> {
  const { db, user } = ctx;
  const [data, joinable, operates, creators] = await Promise.all([
    findOwnWorkspaces(db, user.id),
    findJoinable(db, user.id),
    isOperator(db, user.id),
    findWorkspaceCreators(db),
  ]);
  return {
    data,
    joinable: joinable.map(({ id, name, role, domain }) => ({
      id: toPublicId("workspace", id),
      name,
      role,
      domain,
    })),
    isOperator: operates,
    mayCreate: operates || creators === "everybody",
  };
}
