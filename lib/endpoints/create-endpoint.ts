import { countEndpoints, insertEndpoint } from "@/db/queries/endpoints";
import { lockEndpointLimit } from "@/db/queries/workspaces";
import { createEndpointInput, type EndpointOutput } from "../contract/endpoints";
import { changesOf, maskedChanges } from "../core/audit-changes";
import { AppError } from "../core/errors";
import { newId, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { encryptHeaders } from "../delivery/custom-headers";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import { newSecret } from "./new-secret";
import { requireAllowedUrl } from "./require-allowed-url";

/**
 * Adds a webhook, enabled, with its own signing secret.
 *
 * @throws AppError `validation_failed` if the URL is one that webhooks may not have
 * @throws AppError `limit_reached` if the workspace has as many as it may
 */
export async function createEndpoint({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createEndpointInput>;
}): Promise<EndpointOutput> {
  const wanted = parseInput(createEndpointInput, input);
  requireAllowedUrl(wanted.url);
  const id = newId();
  const row = await withAudit({ ctx, scope: "endpoints:write", action: "endpoint.create" }, async (tx) => {
    const limit = await lockEndpointLimit(tx, ctx.workspace.id);
    if ((await countEndpoints(tx, ctx.workspace.id)) >= limit) {
      throw new AppError(
        "limit_reached",
        `The workspace has ${limit} webhooks, which is its limit. Delete one first.`,
      );
    }
    const name = wanted.name ?? new URL(wanted.url).host;
    const fields = {
      url: wanted.url,
      name,
      description: wanted.description ?? null,
      eventTypes: wanted.eventTypes && [...new Set(wanted.eventTypes)],
      signature: wanted.signature,
      retryPolicy: wanted.retryPolicy,
      rateLimit: wanted.rateLimit,
    };
    await insertEndpoint(tx, {
      endpoint: {
        ...fields,
        id,
        workspaceId: ctx.workspace.id,
        headers: encryptHeaders(id, wanted.headers),
      },
      secret: newSecret(id, wanted.signature, wanted.secret),
    });
    const created = await requireEndpoint(ctx, tx, toPublicId("endpoint", id));
    const changes = { ...changesOf(null, fields), ...maskedChanges("headers", {}, wanted.headers) };
    return { result: created, targetId: id, targetName: name, changes };
  });
  return presentEndpoint(ctx, row);
}
