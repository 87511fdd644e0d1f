import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { databaseNow } from "../fragments/database-clock";
import { deliveryQueue, events } from "../schema";

/** Writes a test event with its one delivery, leased to the caller, who sends it at once. */
export async function insertTest(
  db: Queryable,
  params: {
    workspaceId: string;
    endpointId: string;
    eventId: string;
    deliveryId: string;
    type: string;
    body: string;
    token: string;
    leaseSeconds: number;
  },
): Promise<void> {
  await db.insert(events).values({
    id: params.eventId,
    workspaceId: params.workspaceId,
    type: params.type,
    test: true,
    body: params.body,
    bodyBytes: Buffer.byteLength(params.body),
    deliveries: 1,
  });
  await db.insert(deliveryQueue).values({
    workspaceId: params.workspaceId,
    deliveryId: params.deliveryId,
    endpointId: params.endpointId,
    eventId: params.eventId,
    generation: 0,
    pending: true,
    requestedAt: sql.raw(databaseNow),
    requestedTrigger: "test",
    leased: true,
    token: params.token,
    leasedUntil: sql`now() + make_interval(secs => ${params.leaseSeconds})`,
    attempts: 0,
    automaticAttempts: 0,
    test: true,
    type: params.type,
    bodyBytes: Buffer.byteLength(params.body),
  });
}
