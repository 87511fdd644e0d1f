import type { Queryable } from "@/db/connection/client";
import { findJoinableWorkspaces } from "@/db/queries/email-domains";
import { findUser } from "@/db/queries/users";
import { domainOf } from "../core/email-domains";

export type JoinableWorkspace = Awaited<ReturnType<typeof findJoinableWorkspaces>>[number];

/**
 * The workspaces that somebody may join by themselves, by name: those whose verified domain is the one of their address.
 * Who has not confirmed the address is told of none: anybody could have entered it.
 */
export async function findJoinable(db: Queryable, userId: string): Promise<JoinableWorkspace[]> {
  const user = await findUser(db, userId);
  if (!user?.emailVerifiedAt || user.disabledAt) return [];
  const domain = domainOf(user.email);
  return domain === null ? [] : findJoinableWorkspaces(db, { userId, domain });
}
