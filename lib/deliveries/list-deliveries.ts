import { findDeliveries } from "@/db/queries/deliveries";
import { scanDeliveries } from "@/db/queries/scan-deliveries";
import { type DeliveriesPage, deliveriesQuery } from "../contract/deliveries";
import { validationFailed } from "../core/errors";
import { fromPublicId, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { timeOfId } from "../core/time-of-id.mjs";
import { authorize, type Context } from "../verbs/context";
import { describePayloadIndex } from "../verbs/describe-payload-index";
import { withinTime } from "../verbs/within-time";
import { deliveryFilter } from "./delivery-filter";
import { presentDelivery } from "./present-delivery";

/**
 * The event log: deliveries that match the filters, newest first. If few match, it stops looking back after a moment,
 * says how far it has looked, and continues from there by its cursor.
 *
 * @throws AppError `validation_failed` if the cursor is invalid, `unavailable` if the database takes too long
 */
export async function listDeliveries({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof deliveriesQuery>;
}): Promise<DeliveriesPage> {
  authorize(ctx, "deliveries:read");
  const { limit, cursor, ...query } = parseInput(deliveriesQuery, input);
  const after = cursor === undefined ? null : fromPublicId("delivery", cursor);
  if (cursor !== undefined && after === null) {
    throw validationFailed([{ path: "cursor", message: "must be the nextCursor of an earlier page" }]);
  }
  const filter = deliveryFilter(ctx, query);
  const found = await withinTime(() => scanDeliveries(ctx.db, { filter, after, limit: limit + 1 }));
  const ids = found.ids.slice(0, limit);
  const rows =
    ids.length === 0 ? [] : await findDeliveries(ctx.db, { workspaceId: ctx.workspace.id, deliveryIds: ids });
  const isFull = found.ids.length > limit;
  const next = isFull ? (ids.at(-1) ?? null) : found.next;
  return {
    data: rows.map(presentDelivery),
    nextCursor: next && toPublicId("delivery", next),
    lookedBackTo: next && !isFull ? timeOfId(next).toISOString() : null,
    payloadIndex: describePayloadIndex(found.indexed),
  };
}
