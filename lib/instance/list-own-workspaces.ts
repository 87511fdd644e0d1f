import { findOwnWorkspaces, findWorkspaceCreators, isOperator } from "@/db/queries/instance-people";
import type { OwnWorkspacesOutput } from "../contract/instance";
import type { PersonContext } from "./context";

/** The person's workspaces with what needs someone in each, and whether they may create one more. */
export async function listOwnWorkspaces({ ctx }: { ctx: PersonContext }): Promise<OwnWorkspacesOutput> {
  const { db, user } = ctx;
  const [data, operates, creators] = await Promise.all([
    findOwnWorkspaces(db, user.id),
    isOperator(db, user.id),
    findWorkspaceCreators(db),
  ]);
  return { data, isOperator: operates, mayCreate: operates || creators === "everybody" };
}
