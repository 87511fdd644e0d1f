import { findDelivery, requestAttempt } from "@/db/queries/deliveries";
import { lockEndpointForShare } from "@/db/queries/lock-for-share";
import type { DeliveryOutput } from "../contract/deliveries";
import { AppError, notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { signalDue } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { presentDelivery } from "./present-delivery";

/**
 * Requests one attempt now, whatever the delivery's status. It neither uses up nor resets the schedule, and works
 * while the webhook is disabled.
 *
 * @throws AppError `conflict` if an attempt is under way, or the webhook was deleted
 */
export async function retryDelivery({ ctx, id }: { ctx: Context; id: string }): Promise<DeliveryOutput> {
  const delivery = await withAudit(
    { ctx, scope: "deliveries:write", action: "delivery.retry" },
    async (tx) => {
      const uuid = fromPublicId("delivery", id);
      const params = uuid && { workspaceId: ctx.workspace.id, id: uuid };
      if (params) await lockEndpointForShare(tx, params);
      const found = params && (await findDelivery(tx, params));
      if (!params || !found) throw notFound("delivery");
      if (found.endpointDeletedAt)
        throw new AppError("conflict", "The webhook was deleted, so there is nowhere to send it.");
      if (!(await requestAttempt(tx, { ...params, trigger: "manual" }))) {
        throw new AppError("conflict", "An attempt is in progress. Wait for its result, then retry.");
      }
      const requested = await findDelivery(tx, params);
      return {
        result: requested ?? found,
        targetId: found.id,
        targetName: found.type,
        details: { endpoint: found.endpointName },
      };
    },
  );
  signalDue();
  return presentDelivery(delivery);
}
