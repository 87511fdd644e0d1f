import { findApiKeys, insertApiKey } from "@/db/queries/api-keys";
import { type CreatedApiKeyOutput, createApiKeyInput } from "../contract/api-keys";
import type { ApiKeyScope } from "../core/api-keys";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { keyScopesOf } from "../core/roles";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { apiKeyHint, hashApiKey, makeApiKey } from "./hash-api-key";
import { presentApiKey } from "./list-api-keys";

/**
 * Makes a key. It is answered this once; what is kept is its hash.
 *
 * @throws AppError `forbidden` if it is to do what a key of its maker's role can't
 */
export async function createApiKey({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createApiKeyInput>;
}): Promise<CreatedApiKeyOutput> {
  const { name, scopes } = parseInput(createApiKeyInput, input);
  requireKeyScopes(ctx, scopes);
  return withAudit({ ctx, scope: "apiKeys:write", action: "api_key.create" }, async (tx) => {
    const key = makeApiKey();
    const id = newId();
    await insertApiKey(tx, {
      id,
      workspaceId: ctx.workspace.id,
      name,
      hash: hashApiKey(key),
      hint: apiKeyHint(key),
      scopes,
      createdBy: ctx.actor.type === "user" ? ctx.actor.id : null,
    });
    const [row] = await findApiKeys(tx, { workspaceId: ctx.workspace.id, limit: 1, before: null, id });
    if (!row) throw new Error("the key that was just made is missing");
    return {
      result: { ...presentApiKey(row), key },
      targetId: id,
      details: { name, scopes },
    };
  });
}

function requireKeyScopes({ actor }: Context, scopes: readonly ApiKeyScope[]): void {
  if (actor.type !== "user") return;
  const own = keyScopesOf(actor.role);
  const beyond = scopes.filter((scope) => !own.includes(scope));
  if (beyond.length === 0) return;
  throw new AppError(
    "forbidden",
    `Your role, ${actor.role}, can't create API keys with ${beyond.join(", ")}. Ask an owner.`,
  );
}
