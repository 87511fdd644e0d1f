import { type ApiKeyScope, apiKeyScopes, type Scope } from "./api-keys";

/** From the role with the most rights to the one with the fewest. */
export const roles = ["owner", "developer", "viewer"] as const;
export type Role = (typeof roles)[number];

/** What forms say about each role, beside its name. */
export const roleTexts: Record<Role, { name: string; description: string }> = {
  owner: { name: "Owner", description: "Can do everything, including members and settings." },
  developer: { name: "Developer", description: "Can change webhooks, send events and create API keys." },
  viewer: { name: "Viewer", description: "Can see webhooks and the event log." },
};

type Permission = {
  /** What the scope allows, as the words after "can" or "can't". */
  deed: string;
  roles: readonly Role[];
  /** The roles whose API keys may have it; by default each of `roles`. */
  keysOf?: readonly Role[];
  /** A setting of the workspace that takes it from viewers if it is off. */
  viewersBy?: "viewersSeePayloads";
};

const everybody = roles;
const developers = ["owner", "developer"] as const;
const owners = ["owner"] as const;

/** Who may do what: the one table that the API, the dashboard, the documents and the tests read. */
export const permissions: Record<Scope, Permission> = {
  "endpoints:read": { deed: "see webhooks", roles: everybody },
  "endpoints:write": { deed: "change webhooks", roles: developers },
  "secrets:read": { deed: "see signature tokens", roles: developers, keysOf: owners },
  "deliveries:read": { deed: "see the event log", roles: everybody },
  "deliveries:write": { deed: "send events again", roles: developers },
  "events:read": { deed: "see what was published", roles: everybody },
  "payloads:read": { deed: "see the data of events", roles: everybody, viewersBy: "viewersSeePayloads" },
  "events:write": { deed: "publish events", roles: developers },
  "eventTypes:read": { deed: "see event types", roles: everybody },
  "eventTypes:write": { deed: "change event types", roles: developers },
  "apiKeys:read": { deed: "see API keys", roles: everybody },
  "apiKeys:write": { deed: "create or revoke API keys", roles: developers },
  "members:read": { deed: "see members", roles: everybody },
  "members:write": { deed: "invite, change or remove members", roles: owners },
  "emails:read": { deed: "see emails", roles: owners },
  "emails:write": { deed: "send test emails", roles: owners },
  "auditLog:read": { deed: "see the audit log", roles: owners },
  "savedViews:write": { deed: "save views of the event log", roles: everybody },
  "workspace:read": { deed: "see the workspace's settings", roles: everybody },
  "workspace:write": { deed: "change the workspace's settings", roles: owners },
};

const scopes = Object.keys(permissions) as Scope[];

/** The scopes of a role, in a workspace whose settings take none away. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  owner: scopesFor("owner"),
  developer: scopesFor("developer"),
  viewer: scopesFor("viewer"),
};

function scopesFor(role: Role): readonly Scope[] {
  return scopes.filter((scope) => permissions[scope].roles.includes(role));
}

/** The settings that take scopes from viewers. */
export type RoleSettings = { viewersSeePayloads: boolean };

/** The scopes of a role in a workspace with these settings. */
export function scopesIn(role: Role, workspace: RoleSettings): readonly Scope[] {
  if (role !== "viewer") return scopesOfRole[role];
  return scopesOfRole.viewer.filter((scope) => {
    const { viewersBy } = permissions[scope];
    return viewersBy === undefined || workspace[viewersBy];
  });
}

/** The scopes that API keys of a person with the role may have at most. */
export function keyScopesOf(role: Role): readonly ApiKeyScope[] {
  return apiKeyScopes.filter((scope) => {
    const { roles, keysOf } = permissions[scope];
    return roles.includes(role) && (keysOf ?? roles).includes(role);
  });
}

/**
 * The scopes that an API key loses when its creator's role changes, of those that it was created with. Scopes that it
 * did not have before are not included.
 */
export function scopesLost(
  scopes: readonly ApiKeyScope[],
  { from, to }: { from: Role; to: Role },
): ApiKeyScope[] {
  const [before, after] = [keyScopesOf(from), keyScopesOf(to)];
  return scopes.filter((scope) => before.includes(scope) && !after.includes(scope));
}

/**
 * Why a person is refused something, and who can help. Scopes are not mentioned, because people know them only from
 * API keys.
 */
export function describeRefusal(role: Role, scope: Scope): string {
  return `Your role, ${role}, can't ${permissions[scope].deed}. Ask an owner.`;
}
