import type { z } from "zod";
import { findDeliveries } from "@/db/queries/deliveries";
import { findEvent } from "@/db/queries/events";
import { authorize, type Context } from "../context";
import { presentDelivery } from "../deliveries/present-delivery";
import { notFound } from "../errors";
import { fromPublicId } from "../ids";
import { presentEvent } from "./list-events";
import type { eventDetailOutput } from "./schemas";

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
  const deliveries = await findDeliveries(
    ctx.db,
    { workspaceId: ctx.workspace.id, eventId: row.id, tests: true },
    row.deliveries + 1,
  );
  return { ...presentEvent(row), payload: row.body, deliveryLog: deliveries.map(presentDelivery) };
}
