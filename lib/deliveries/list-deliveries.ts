import { type DeliveryFilter, findDeliveries } from "@/db/queries/deliveries";
import { authorize, type Context } from "../context";
import { pageFrom } from "../http/page";
import type { Page } from "../http/schemas";
import { fromPublicId, idAt } from "../ids";
import { presentDelivery } from "./present-delivery";
import type { DeliveriesQuery, DeliveryOutput } from "./schemas";

/** Matches nothing: an id that is none cannot belong to any row. */
const nobody = "00000000-0000-0000-0000-000000000000";

/** The event log: deliveries that match the filters, newest first. */
export async function listDeliveries({
  ctx,
  input,
}: {
  ctx: Context;
  input: DeliveriesQuery;
}): Promise<Page<DeliveryOutput>> {
  authorize(ctx, "deliveries:read");
  const filter: DeliveryFilter = {
    workspaceId: ctx.workspace.id,
    endpointIds: input.endpointId?.map((id) => fromPublicId("endpoint", id) ?? nobody),
    statuses: input.status,
    types: input.type,
    httpStatuses: input.httpStatus,
    errors: input.error,
    fromId: input.from ? idAt(new Date(input.from)) : undefined,
    eventId: input.eventId ? (fromPublicId("event", input.eventId) ?? nobody) : undefined,
    tests: input.tests === "1",
    ...searchFor(input.q?.trim()),
  };
  const to = input.to ? idAt(new Date(input.to)) : null;
  return pageFrom("delivery", input, async ({ limit, before }) => {
    const belowId = [before, to].filter((id) => id !== null).sort()[0];
    const rows = await findDeliveries(ctx.db, { ...filter, belowId }, limit);
    return rows.map(presentDelivery);
  });
}

/** An event id, a delivery id, or the producer's idempotency key. */
function searchFor(q: string | undefined): Partial<DeliveryFilter> {
  if (!q) return {};
  const deliveryId = fromPublicId("delivery", q);
  if (deliveryId) return { deliveryId };
  const eventId = fromPublicId("event", q);
  if (eventId) return { eventId };
  return { idempotencyKey: q };
}
