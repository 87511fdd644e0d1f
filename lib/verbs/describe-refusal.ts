import type { Scope } from "../core/api-keys";
import type { Role } from "../core/workspaces";

/** What somebody without the scope can't do. */
const deeds: Record<Scope, string> = {
  "events:write": "publish events",
  "events:read": "see what was published",
  "endpoints:read": "see webhooks",
  "endpoints:write": "change webhooks",
  "secrets:read": "see signature tokens",
  "eventTypes:read": "see event types",
  "eventTypes:write": "change event types",
  "deliveries:read": "see the event log",
  "deliveries:write": "send events again",
  "apiKeys:read": "see API keys",
  "apiKeys:write": "create or revoke API keys",
  "emails:read": "see emails",
  "emails:write": "send test emails",
  "workspace:read": "see the workspace's settings",
  "workspace:write": "change the workspace's settings",
};

/** Why a person is refused something, and who can help; scopes are terms of API keys, not of people. */
export function describeRefusal(role: Role, scope: Scope): string {
  return `Your role, ${role}, can't ${deeds[scope]}. Ask an owner.`;
}
