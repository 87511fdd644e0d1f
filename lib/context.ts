import type { Database } from "@/db/client";
import type { Scope } from "./api-keys/constants";
import { AppError } from "./errors";

export type Actor =
  | { type: "user"; id: string; name: string; scopes: readonly Scope[] }
  | { type: "api_key"; id: string; name: string; scopes: readonly Scope[] }
  | { type: "system"; id: null; name: "Posthorn"; scopes: "all" };

export const systemActor: Actor = { type: "system", id: null, name: "Posthorn", scopes: "all" };

export type WorkspaceRef = { id: string; slug: string; name: string };

/** Who does something, where: made by a route, a page or a background function; every verb takes one. */
export type Context = { workspace: WorkspaceRef; actor: Actor; db: Database };

/** Who it is, in words, like `Ana` or `API key Billing`. */
export function nameOf(actor: Actor): string {
  return actor.type === "api_key" ? `API key ${actor.name}` : actor.name;
}

/** Throws `forbidden` where the actor lacks the scope. */
export function authorize(ctx: Context, scope: Scope): void {
  if (ctx.actor.scopes === "all" || ctx.actor.scopes.includes(scope)) return;
  const who = ctx.actor.type === "api_key" ? "This API key" : "Your role in this workspace";
  throw new AppError("forbidden", `${who} does not allow ${scope}.`);
}
