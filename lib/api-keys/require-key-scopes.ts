import type { ApiKeyScope } from "../core/api-keys";
import { AppError } from "../core/errors";
import { keyScopesOf } from "../core/roles";
import type { Context } from "../verbs/context";

/** Throws `forbidden` for scopes that a key of its creator cannot have. */
export function requireKeyScopes({ actor }: Context, scopes: readonly ApiKeyScope[]): void {
  if (actor.type !== "user") return;
  const own = keyScopesOf(actor.role);
  const beyond = scopes.filter((scope) => !own.includes(scope));
  if (beyond.length === 0) return;
  throw new AppError(
    "forbidden",
    `Your role, ${actor.role}, can't create API keys with ${beyond.join(", ")}. Ask an owner.`,
  );
}
