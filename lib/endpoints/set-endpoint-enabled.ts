import { setEndpointDisabled } from "@/db/queries/endpoints";
import { change } from "../audit/change";
import type { Context } from "../context";
import { signalDue } from "../signals";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import type { EndpointOutput } from "./schemas";

/**
 * Enables or disables a webhook. While it is disabled nothing is sent by itself, and what arrives is held; enabling
 * sends what was held. Doing it twice changes nothing.
 */
export async function setEndpointEnabled({
  ctx,
  id,
  enabled,
}: {
  ctx: Context;
  id: string;
  enabled: boolean;
}): Promise<EndpointOutput> {
  const action = enabled ? "endpoint.enable" : "endpoint.disable";
  const row = await change({ ctx, scope: "endpoints:write", action }, async (tx) => {
    const endpoint = await requireEndpoint(ctx, tx, id);
    const changed = await setEndpointDisabled(tx, {
      workspaceId: ctx.workspace.id,
      id: endpoint.id,
      disabled: !enabled,
      reason: enabled
        ? null
        : `by ${ctx.actor.type === "api_key" ? `API key ${ctx.actor.name}` : ctx.actor.name}`,
    });
    return { result: await requireEndpoint(ctx, tx, id), targetId: endpoint.id, details: { changed } };
  });
  if (enabled) signalDue();
  return presentEndpoint(ctx, row);
}
