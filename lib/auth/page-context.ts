import { database } from "@/db/connection/database";
import { scopesOfRole } from "../core/workspaces";
import type { Context } from "../verbs/context";
import { requireMembership } from "./require-membership";

/** The context of a page's verbs: whoever is signed in, in the workspace of that slug. Refuses as `requireMembership`. */
export async function pageContext(slug: string): Promise<Context> {
  const { user, workspace, role } = await requireMembership(slug);
  return {
    workspace,
    actor: { type: "user", id: user.id, name: user.name, role, scopes: scopesOfRole[role] },
    db: database().db,
  };
}
