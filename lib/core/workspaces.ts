import type { Scope } from "./api-keys";
import { apiKeyScopes, dashboardScopes } from "./api-keys";

export const roles = ["owner", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

const everything: readonly Scope[] = [...apiKeyScopes, ...dashboardScopes];

const forOwners: readonly Scope[] = ["apiKeys:write", "workspace:write", "emails:read", "emails:write"];
const forMembers = everything.filter((scope) => !forOwners.includes(scope));

/** What a member may do in the workspace, by role. A viewer reads what members do, but no secrets. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  owner: everything,
  member: forMembers,
  viewer: forMembers.filter((scope) => scope.endsWith(":read") && scope !== "secrets:read"),
};

/** Webhooks a workspace may have, unless its setting says otherwise. */
export const endpointLimitDefault = 10;
export const endpointLimitMax = 100_000;
/** Days that events, deliveries and attempts are kept. */
export const retentionDaysDefault = 30;
