import type { Queryable } from "@/db/connection/client";
import { findJoinableWorkspaces } from "@/db/queries/email-domains";
import { findUser } from "@/db/queries/users";
import { domainOf } from "../core/email-domains";

export type JoinableWorkspace = Awaited<ReturnType<typeof findJoinableWorkspaces>>[number];

/**
 * The workspaces that a user may join on their own, by name: those whose verified domain is that of the user's
 * address. An unconfirmed address gives none, because anyone could have entered it.
 */
export async function findJoinable(db: Queryable, userId: string): Promise<JoinableWorkspace[]> {
  const user = await findUser(db, userId);
  if (!user?.emailVerifiedAt || user.disabledAt) return [];
  const domain = domainOf(user.email);
  return domain === null ? [] : findJoinableWorkspaces(db, { userId, domain });
}
