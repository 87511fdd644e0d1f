import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { database } from "@/db/connection/database";
import { findMemberships } from "@/db/queries/users";
import { findWorkspaceOfFormerSlug } from "@/db/queries/workspaces";
import type { Scope } from "../core/api-keys";
import { type Role, scopesIn } from "../core/roles";
import type { WorkspaceRef } from "../verbs/context";
import { currentUser } from "./current-user";
import { isSetUp } from "./is-set-up";
import type { SessionUser } from "./session-user";

export type Membership = {
  user: SessionUser;
  workspace: WorkspaceRef;
  role: Role;
  /** The role's scopes in this workspace. */
  scopes: readonly Scope[];
  /** How many days the workspace keeps its events. */
  retentionDays: number;
  workspaces: { slug: string; name: string }[];
};

/** A user's workspaces, by name. */
export async function listWorkspaces(userId: string): Promise<{ slug: string; name: string }[]> {
  return findMemberships(database().db, userId);
}

/**
 * What a page of a workspace needs. Redirects to `/setup` or `/sign-in` if no user is signed in (signing in leads
 * back to the page that proxy.ts names), and answers 404 for a workspace that does not exist or is not the user's.
 */
export const requireMembership = cache(async (slug: string): Promise<Membership> => {
  const user = await currentUser();
  if (!user) {
    if (!(await isSetUp())) redirect("/setup");
    const path = (await headers()).get("x-posthorn-path") ?? `/${slug}`;
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  }
  const memberships = await findMemberships(database().db, user.id);
  const membership = memberships.find((one) => one.slug === slug);
  if (!membership) return leaveForNewSlug(slug, memberships);
  const { id, name, role, retentionDays } = membership;
  const scopes = scopesIn(role, membership);
  return { user, workspace: { id, slug, name }, role, scopes, retentionDays, workspaces: memberships };
});

/** Redirects to the same page under the workspace's present slug, or answers 404. */
async function leaveForNewSlug(
  former: string,
  memberships: readonly { id: string; slug: string }[],
): Promise<never> {
  const id = await findWorkspaceOfFormerSlug(database().db, former);
  const workspace = memberships.find((one) => one.id === id);
  if (!workspace) notFound();
  const path = (await headers()).get("x-posthorn-path") ?? `/${former}`;
  redirect(`/${workspace.slug}${path.slice(former.length + 1)}`);
}
