import { findDeliveries } from "@/db/queries/deliveries";
import { type DeliveryOutput, deliveriesQuery } from "../contract/deliveries";
import type { Page } from "../contract/shared";
import { type Input, parseInput } from "../core/parse-input";
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
  input: Input<typeof deliveriesQuery>;
}): Promise<Page<DeliveryOutput>> {
  authorize(ctx, "deliveries:read");
  const query = parseInput(deliveriesQuery, input);
  const filter = deliveryFilter(ctx.workspace.id, query);
  return pageFrom("delivery", query, async ({ limit, before }) => {
    const belowId = [before, filter.belowId].filter((id) => typeof id === "string").sort()[0];
    const rows = await findDeliveries(ctx.db, { ...filter, belowId }, limit);
    return rows.map(presentDelivery);
  });
}
