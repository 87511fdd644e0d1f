import { findApiKeys, insertApiKey, lockApiKey, replaceApiKey, revokeApiKey } from "@/db/queries/api-keys";
import { type CreatedApiKeyOutput, rotateApiKeyInput } from "../contract/api-keys";
import { AppError, notFound } from "../core/errors";
import { fromPublicId, newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { forgetApiKeys } from "./find-api-key";
import { apiKeyHint, hashApiKey, makeApiKey } from "./hash-api-key";
import { presentApiKey } from "./list-api-keys";
import { requireKeyScopes } from "./require-key-scopes";

/**
 * Creates a key that replaces another, with its name, its scopes and the same lifetime, and the requesting person as
 * its creator. The old one keeps working for the chosen hours.
 *
 * @throws AppError `forbidden` if a key of that person cannot have the old one's scopes; `conflict` if the old one
 *   was already replaced
 */
export async function rotateApiKey({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof rotateApiKeyInput>;
}): Promise<CreatedApiKeyOutput> {
  const { overlapHours } = parseInput(rotateApiKeyInput, input);
  const workspaceId = ctx.workspace.id;
  const made = await withAudit({ ctx, scope: "apiKeys:write", action: "api_key.rotate" }, async (tx) => {
    const uuid = fromPublicId("apiKey", id);
    const old = uuid && (await lockApiKey(tx, { workspaceId, id: uuid }));
    if (!old) throw notFound("API key");
    if (old.replacedBy) throw new AppError("conflict", "This key was already rotated.");
    requireKeyScopes(ctx, old.scopes);
    const key = makeApiKey();
    const newKeyId = newId();
    await insertApiKey(tx, {
      id: newKeyId,
      workspaceId,
      name: old.name,
      hash: hashApiKey(key),
      hint: apiKeyHint(key),
      scopes: old.scopes,
      expiresAt: old.expiresAt && new Date(Date.now() + old.expiresAt.getTime() - old.createdAt.getTime()),
      createdBy: ctx.actor.type === "user" ? ctx.actor.id : null,
    });
    if (overlapHours === 0) await revokeApiKey(tx, { workspaceId, id: old.id });
    else await replaceApiKey(tx, { id: old.id, by: newKeyId, hours: overlapHours });
    const [row] = await findApiKeys(tx, { workspaceId, limit: 1, before: null, id: newKeyId });
    if (!row) throw new Error("the key that was just made is missing");
    return {
      result: { ...presentApiKey(row), key },
      targetId: old.id,
      targetName: old.name,
      details: { overlapHours },
    };
  });
  forgetApiKeys();
  return made;
}
