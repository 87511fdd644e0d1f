import { findApiKeys, insertApiKey } from "@/db/queries/api-keys";
import { type CreatedApiKeyOutput, createApiKeyInput } from "../contract/api-keys";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { apiKeyHint, hashApiKey, makeApiKey } from "./hash-api-key";
import { presentApiKey } from "./list-api-keys";
import { requireKeyScopes } from "./require-key-scopes";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Creates a key. It is only returned this once; its hash is stored.
 *
 * @throws AppError `forbidden` for scopes that a key of its creator's role cannot have
 */
export async function createApiKey({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createApiKeyInput>;
}): Promise<CreatedApiKeyOutput> {
  const { name, scopes, expiresInDays } = parseInput(createApiKeyInput, input);
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
      expiresAt: expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * dayMs),
      createdBy: ctx.actor.type === "user" ? ctx.actor.id : null,
    });
    const [row] = await findApiKeys(tx, { workspaceId: ctx.workspace.id, limit: 1, before: null, id });
    if (!row) throw new Error("the key that was just made is missing");
    return {
      result: { ...presentApiKey(row), key },
      targetId: id,
      targetName: name,
      details: { scopes },
    };
  });
}
