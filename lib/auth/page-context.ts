import { database } from "@/db/connection/database";
import type { Context } from "../verbs/context";
import { requireMembership } from "./require-membership";

/**
 * The context of a page's verbs: the signed-in user, in the workspace with that slug. Refuses as `requireMembership`.
 */
export async function pageContext(slug: string): Promise<Context> {
  const { user, workspace, role, scopes } = await requireMembership(slug);
  return {
    workspace,
    actor: { type: "user", id: user.id, name: user.name, role, scopes },
    db: database().db,
  };
}
