/** What an API key can be allowed to do. */
export const apiKeyScopes = [
  "events:write",
  "events:read",
  "endpoints:read",
  "endpoints:write",
  "secrets:read",
  "eventTypes:read",
  "eventTypes:write",
  "deliveries:read",
  "deliveries:write",
] as const;

/** Scopes that only a person in the dashboard can have. */
const dashboardScopes = [
  /** The data of events, in any answer. An API key has this scope if its creator has it. */
  "payloads:read",
  "apiKeys:read",
  "apiKeys:write",
  "members:read",
  "members:write",
  "savedViews:write",
  "workspace:read",
  "workspace:write",
  "emails:read",
  "emails:write",
  "auditLog:read",
] as const;

export type ApiKeyScope = (typeof apiKeyScopes)[number];
export type Scope = ApiKeyScope | (typeof dashboardScopes)[number];

export const scopeDescriptions: Record<ApiKeyScope, string> = {
  "events:write": "Publish events",
  "events:read": "Read published events",
  "endpoints:read": "Read webhooks",
  "endpoints:write": "Add, change, test and delete webhooks",
  "secrets:read": "Reveal signing secrets",
  "eventTypes:read": "Read event types",
  "eventTypes:write": "Change event types",
  "deliveries:read": "Read the event log",
  "deliveries:write": "Retry deliveries",
};

export const apiKeyPrefix = "phk_";
