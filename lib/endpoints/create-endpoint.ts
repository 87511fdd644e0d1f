import type { z } from "zod";
import { countEndpoints, insertEndpoint } from "@/db/queries/endpoints";
import { lockEndpointLimit } from "@/db/queries/workspaces";
import type { createEndpointInput, EndpointOutput } from "../contract/endpoints";
import { AppError } from "../core/errors";
import { newId, toPublicId } from "../core/ids";
import { encryptHeaders } from "../delivery/custom-headers";
import { change } from "../verbs/change";
import type { Context } from "../verbs/context";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import { newSecret } from "./new-secret";
import { requireAllowedUrl } from "./require-allowed-url";

/**
 * Adds a webhook, enabled, with a signing secret of its own.
 *
 * @throws AppError `validation_failed` where the URL leads somewhere that webhooks may not
 * @throws AppError `limit_reached` where the workspace has as many as it may
 */
export async function createEndpoint({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof createEndpointInput>;
}): Promise<EndpointOutput> {
  requireAllowedUrl(input.url);
  const id = newId();
  const row = await change({ ctx, scope: "endpoints:write", action: "endpoint.create" }, async (tx) => {
    const limit = await lockEndpointLimit(tx, ctx.workspace.id);
    if ((await countEndpoints(tx, ctx.workspace.id)) >= limit) {
      throw new AppError(
        "limit_reached",
        `The workspace has ${limit} webhooks, as many as it may. Delete one first.`,
      );
    }
    const name = input.name ?? new URL(input.url).host;
    await insertEndpoint(tx, {
      endpoint: {
        id,
        workspaceId: ctx.workspace.id,
        url: input.url,
        name,
        description: input.description ?? null,
        eventTypes: input.eventTypes && [...new Set(input.eventTypes)],
        signature: input.signature,
        headers: encryptHeaders(id, input.headers),
        retryPolicy: input.retryPolicy,
        rateLimit: input.rateLimit,
      },
      secret: newSecret(id, input.signature, input.secret),
    });
    const created = await requireEndpoint(ctx, tx, toPublicId("endpoint", id));
    return { result: created, targetId: id, details: { name, url: input.url } };
  });
  return presentEndpoint(ctx, row);
}
