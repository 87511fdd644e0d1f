import { and, asc, eq, inArray } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { deliveryLog, endpoints } from "../schema";
import { isDelivery } from "./deliveries";

/**
 * Keeps endpoints from being deleted, enabled, disabled or moved to another generation until the transaction that
 * queues deliveries for them ends. It waits for such changes under way, so the endpoints must be read after it.
 */
export async function lockEndpointsForShare(
  db: Queryable,
  params: { workspaceId: string; ids: string[] },
): Promise<void> {
  await db
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, params.workspaceId), inArray(endpoints.id, params.ids)))
    .orderBy(asc(endpoints.id))
    .for("share");
}

/** The same for a delivery's endpoint. */
export async function lockEndpointForShare(
  db: Queryable,
  delivery: { workspaceId: string; id: string },
): Promise<void> {
  await db
    .select({ id: endpoints.id })
    .from(deliveryLog)
    .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
    .where(isDelivery(delivery))
    .for("share", { of: endpoints });
}
