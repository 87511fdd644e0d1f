import type { Database } from "@/db/connection/client";
import type { Scope } from "../core/api-keys";
import type { Cause } from "../core/endpoint-state";
import { AppError } from "../core/errors";
import { describeRefusal, type Role } from "../core/roles";

export type Actor =
  | { type: "user"; id: string; name: string; role: Role; scopes: readonly Scope[] }
  | { type: "api_key"; id: string; name: string; scopes: readonly Scope[] }
  | { type: "system"; id: null; name: "Posthorn"; scopes: "all" };

export const systemActor: Actor = { type: "system", id: null, name: "Posthorn", scopes: "all" };

export type WorkspaceRef = { id: string; slug: string; name: string };

/** Where a request came from, for the audit log. */
export type Origin = {
  /** The address that `clientAddress` returns. */
  address: string | null;
  userAgent: string | null;
  /** `null` for a sign-in, whose answers have no id. */
  requestId: string | null;
};

/**
 * The actor and the workspace of an action: created by a route, a page or a background function, and passed to every
 * verb.
 */
export type Context = { workspace: WorkspaceRef; actor: Actor; db: Database; origin?: Origin };

/** The actor's name, like `Ana` or `API key Billing`. */
export function nameOf(actor: Actor): string {
  return actor.type === "api_key" ? `API key ${actor.name}` : actor.name;
}

/** The actor as the cause of a change of an endpoint. */
export function causeOf({ type, id, name }: Actor): Cause {
  return { cause: type, actorId: id, actorName: name };
}

/**
 * Whether the actor may see the data of events. If not, answers must not contain it, and searches must not use it. A
 * workspace can withhold it from its viewers.
 */
export function seesPayloads({ actor }: Context): boolean {
  return actor.scopes === "all" || actor.scopes.includes("payloads:read");
}

/** Throws `forbidden` if the actor lacks the scope. */
export function authorize(ctx: Context, scope: Scope): void {
  const { actor } = ctx;
  if (actor.scopes === "all" || actor.scopes.includes(scope)) return;
  const detail =
    actor.type === "user" ? describeRefusal(actor.role, scope) : `This API key does not allow ${scope}.`;
  throw new AppError("forbidden", detail);
}
