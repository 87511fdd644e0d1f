import type { z } from "zod";
import { findDeliveries } from "@/db/queries/deliveries";
import { findEvent } from "@/db/queries/events";
import type { eventDetailOutput } from "../contract/events";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { presentDelivery } from "../deliveries/present-delivery";
import { authorize, type Context, seesPayloads } from "../verbs/context";
import { presentEvent } from "./list-events";

/** One published event with its body and its deliveries. */
export async function getEvent({
  ctx,
  id,
}: {
  ctx: Context;
  id: string;
}): Promise<z.output<typeof eventDetailOutput>> {
  authorize(ctx, "events:read");
  const uuid = fromPublicId("event", id);
  const row = uuid && (await findEvent(ctx.db, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!row) throw notFound("event");
  const deliveries = await findDeliveries(ctx.db, { workspaceId: ctx.workspace.id, eventId: row.id });
  return {
    ...presentEvent(row, deliveries),
    payload: seesPayloads(ctx) ? row.body : null,
    deliveryLog: deliveries.map(presentDelivery),
  };
}
