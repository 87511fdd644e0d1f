import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { databaseNow } from "../fragments/database-clock";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { retainedFrom } from "../fragments/retained-from";
import { msOfId } from "../fragments/time-of-id.mjs";
import { deliveryLog, events, workspaces } from "../schema";
import { hotSeconds } from "./insert-events";

/**
 * An event that a delivery is to be added to, locked until the transaction ends. `null` also for one past retention,
 * whose deliveries may be deleted meanwhile.
 */
export async function lockEvent(db: Queryable, params: { workspaceId: string; id: string }) {
  const [found] = await db
    .select({ id: events.id, test: events.test })
    .from(events)
    .innerJoin(workspaces, eq(workspaces.id, events.workspaceId))
    .where(
      and(
        eq(events.workspaceId, params.workspaceId),
        eq(events.id, params.id),
        sql`${sql.raw(msOfId("events.id"))} >= extract(epoch from ${sql.raw(retainedFrom("workspaces"))}) * 1000`,
      ),
    )
    .for("no key update", { of: events });
  return found ?? null;
}

/** The id of an event's delivery to an endpoint, or `null`. */
export async function findDeliveryOf(
  db: Queryable,
  params: { workspaceId: string; eventId: string; endpointId: string },
): Promise<string | null> {
  const [found] = await db
    .select({ id: deliveryLog.id })
    .from(deliveryLog)
    .where(
      and(
        eq(deliveryLog.workspaceId, params.workspaceId),
        eq(deliveryLog.eventId, params.eventId),
        eq(deliveryLog.endpointId, params.endpointId),
        eq(deliveryLog.listed, true),
      ),
    )
    .limit(1);
  return found?.id ?? null;
}

/**
 * Adds a delivery that is due at once, counts it with its event and in the ledger, and makes the endpoint ready to be
 * claimed from.
 */
export async function insertDelivery(
  db: Queryable,
  params: {
    workspaceId: string;
    eventId: string;
    endpointId: string;
    deliveryId: string;
    /** The endpoint's generation. */
    generation: number;
  },
): Promise<void> {
  const added = sql.raw(
    insertLedgerDeltas(
      "(select workspace_id, event_id, false as test, null::text as was, 'pending' as became from queued)",
    ),
  );
  await db.execute(sql`
    with counted as (
      update events set deliveries = deliveries + 1
      where workspace_id = ${params.workspaceId} and id = ${params.eventId}
      returning workspace_id, id, type, body_bytes
    ), queued as (
      insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at, attempts,
        automatic_attempts, type, body_bytes)
      select workspace_id, ${params.deliveryId}::uuid, ${params.endpointId}::uuid, id, ${params.generation}, true,
        ${sql.raw(databaseNow)}, 0, 0, type, body_bytes
      from counted
      returning workspace_id, event_id
    ), entered as (${added})
    update endpoint_states set next_due_at = now(), hot_until = now() + make_interval(secs => ${hotSeconds})
    where endpoint_id = ${params.endpointId}`);
}
