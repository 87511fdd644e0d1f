import { findDeliveries } from "@/db/queries/deliveries";
import type { DeliveriesQuery, DeliveryOutput } from "../contract/deliveries";
import type { Page } from "../contract/shared";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { deliveryFilter } from "./delivery-filter";
import { presentDelivery } from "./present-delivery";

/** The event log: deliveries that match the filters, newest first. */
export async function listDeliveries({
  ctx,
  input,
}: {
  ctx: Context;
  input: DeliveriesQuery;
}): Promise<Page<DeliveryOutput>> {
  authorize(ctx, "deliveries:read");
  const filter = deliveryFilter(ctx.workspace.id, input);
  return pageFrom("delivery", input, async ({ limit, before }) => {
    const belowId = [before, filter.belowId].filter((id) => typeof id === "string").sort()[0];
    const rows = await findDeliveries(ctx.db, { ...filter, belowId }, limit);
    return rows.map(presentDelivery);
  });
}
