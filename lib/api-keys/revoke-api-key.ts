import { revokeApiKey as revokeRow } from "@/db/queries/api-keys";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { forgetApiKeys } from "./find-api-key";

/** Revokes a key: requests with it are refused from now on, by other processes within two seconds. */
export async function revokeApiKey({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  await withAudit({ ctx, scope: "apiKeys:write", action: "api_key.revoke" }, async (tx) => {
    const uuid = fromPublicId("apiKey", id);
    const revoked = uuid && (await revokeRow(tx, { workspaceId: ctx.workspace.id, id: uuid }));
    if (!revoked) throw notFound("API key");
    return { result: undefined, targetId: revoked.id, targetName: revoked.name };
  });
  forgetApiKeys();
}
