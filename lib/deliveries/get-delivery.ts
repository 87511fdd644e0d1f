import { findAttempts, findDelivery } from "@/db/queries/deliveries";
import { authorize, type Context } from "../context";
import { notFound } from "../errors";
import { fromPublicId, toPublicId } from "../ids";
import { explainDelivery } from "./explain-delivery";
import { presentAttempt, presentDelivery } from "./present-delivery";
import type { DeliveryDetailOutput } from "./schemas";

/** One delivery with its payload, its attempts, and why it is in its status. */
export async function getDelivery({ ctx, id }: { ctx: Context; id: string }): Promise<DeliveryDetailOutput> {
  authorize(ctx, "deliveries:read");
  const uuid = fromPublicId("delivery", id);
  const row = uuid && (await findDelivery(ctx.db, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!row) throw notFound("delivery");
  const attempts = await findAttempts(ctx.db, { workspaceId: ctx.workspace.id, deliveryId: row.id });
  return {
    ...presentDelivery(row),
    payload: row.payload,
    timestamp: row.timestamp.toISOString(),
    idempotencyKey: row.idempotencyKey,
    endpoint: {
      id: toPublicId("endpoint", row.endpointId),
      name: row.endpointName,
      url: row.endpointUrl,
      deleted: row.endpointDeletedAt !== null,
      disabledAt: row.endpointDisabledAt?.toISOString() ?? null,
      nextProbeAt: row.endpointDisabledAt ? null : (row.endpointNextProbeAt?.toISOString() ?? null),
    },
    attemptLog: attempts.map(presentAttempt),
    why: explainDelivery(row),
  };
}
