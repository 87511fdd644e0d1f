import type { AuditRowOutput } from "@/lib/contract/audit-log";
import { auditActions, isAuditAction } from "@/lib/core/audit";

/** The actor in words. Rules and Posthorn itself have names, too. */
export function describeActor({ type, name }: AuditRowOutput["actor"]): string {
  const kind = { user: "Someone", api_key: "An API key", rule: "A rule", system: "Posthorn" }[type];
  if (!name) return kind;
  if (type === "api_key") return `API key ${name}`;
  return type === "rule" ? `Rule: ${name}` : name;
}

/**
 * The action in words that follow the actor: "disabled the webhook". An action of another version is shown as it is.
 */
export function describeAction(action: string): string {
  return isAuditAction(action) ? auditActions[action].did : action;
}

/** The value of a change or a detail, as text. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "string") return value === "" ? "empty" : value;
  return JSON.stringify(value);
}
