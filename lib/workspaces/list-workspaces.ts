import { database } from "@/db/connection/database";
import { findMemberships } from "@/db/queries/users";

/** The workspaces of a user, by name. */
export async function listWorkspaces(userId: string): Promise<{ slug: string; name: string }[]> {
  const memberships = await findMemberships(database().db, userId);
  return memberships.map(({ slug, name }) => ({ slug, name }));
}
