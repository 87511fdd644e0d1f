import { bringProbeForward } from "@/db/queries/switch-endpoint";
import type { EndpointOutput } from "../contract/endpoints";
import { AppError } from "../core/errors";
import { signalDue } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import { lockEndpoint } from "./lock-endpoint";

/**
 * Tries a webhook that backs off now: one delivery is sent, and if it succeeds, the others follow. If it fails, it
 * does not count, and the next one is due when it would have been. A webhook that does not back off, or is being
 * tried already, stays unchanged.
 *
 * @throws AppError `conflict` if the webhook is disabled
 */
export async function probeEndpoint({ ctx, id }: { ctx: Context; id: string }): Promise<EndpointOutput> {
  const row = await withAudit({ ctx, scope: "endpoints:write", action: "endpoint.probe" }, async (tx) => {
    const endpoint = await lockEndpoint(ctx, tx, id);
    if (endpoint.isDisabled) {
      throw new AppError("conflict", "The webhook is disabled, so nothing is tried. Enable it first.");
    }
    const changed = await bringProbeForward(tx, endpoint);
    return {
      result: await requireEndpoint(ctx, tx, id),
      targetId: endpoint.id,
      targetName: endpoint.name,
      details: { changed },
    };
  });
  signalDue();
  return presentEndpoint(ctx, row);
}
