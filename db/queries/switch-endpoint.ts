import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { deliveryQueue, endpointSecrets, endpointStates, endpoints, endpointTransitions } from "../schema";

type InWorkspace = { workspaceId: string; id: string };

/** An endpoint's switches, held until the transaction ends: no publish queues anything for it meanwhile. */
export async function lockEndpoint(db: Queryable, params: InWorkspace) {
  const [found] = await db
    .select({
      id: endpoints.id,
      workspaceId: endpoints.workspaceId,
      name: endpoints.name,
      url: endpoints.url,
      epoch: endpoints.epoch,
      discardsWhileDisabled: endpoints.discardsWhileDisabled,
    })
    .from(endpoints)
    .where(
      and(
        eq(endpoints.workspaceId, params.workspaceId),
        eq(endpoints.id, params.id),
        isNull(endpoints.deletedAt),
      ),
    )
    .for("update");
  if (!found) return null;
  // Apart and not locked: the delivery engine may change it at any time.
  const [state] = await db
    .select({
      disabledAt: endpointStates.disabledAt,
      consecutiveFailures: endpointStates.consecutiveFailures,
    })
    .from(endpointStates)
    .where(eq(endpointStates.endpointId, found.id));
  return {
    ...found,
    isDisabled: Boolean(state?.disabledAt),
    consecutiveFailures: state?.consecutiveFailures ?? 0,
  };
}
export type LockedEndpoint = NonNullable<Awaited<ReturnType<typeof lockEndpoint>>>;

/** Makes everything that is on the queue of an endpoint older than what is to come: held, until a job decides. */
export async function raiseEpoch(db: Queryable, id: string): Promise<number> {
  const [raised] = await db
    .update(endpoints)
    .set({ epoch: sql`${endpoints.epoch} + 1` })
    .where(eq(endpoints.id, id))
    .returning({ epoch: endpoints.epoch });
  if (!raised) throw new Error("a webhook that was locked is gone");
  return raised.epoch;
}

/** Whether anything is on the endpoint's queue but tests. */
export async function isAnythingQueued(db: Queryable, endpointId: string): Promise<boolean> {
  const found = await db
    .select({ id: deliveryQueue.deliveryId })
    .from(deliveryQueue)
    .where(and(eq(deliveryQueue.endpointId, endpointId), eq(deliveryQueue.test, false)))
    .limit(1);
  return found.length > 0;
}

/** A claim that began before drops the endpoint, because this is no longer what it saw. */
const claimedAt = sql`greatest(clock_timestamp(), ${endpointStates.claimedAt} + interval '1 millisecond')`;

/** Whether what arrives while the endpoint is disabled is discarded. */
export async function setDiscardsWhileDisabled(db: Queryable, id: string, discards: boolean): Promise<void> {
  await db.update(endpoints).set({ discardsWhileDisabled: discards }).where(eq(endpoints.id, id));
}

export async function markDisabled(db: Queryable, params: { id: string; reason: string }): Promise<void> {
  await db
    .update(endpointStates)
    .set({ disabledAt: sql`now()`, disabledReason: params.reason, claimedAt })
    .where(eq(endpointStates.endpointId, params.id));
}

/** Enables an endpoint, with nothing against it: its failures are forgotten, and it is looked at by the next claim. */
export async function markEnabled(db: Queryable, id: string): Promise<void> {
  await db
    .update(endpointStates)
    .set({
      disabledAt: null,
      disabledReason: null,
      consecutiveFailures: 0,
      failingSince: null,
      nextProbeAt: null,
      probeToken: null,
      probeUntil: null,
      ramp: 1,
      nextDueAt: sql`now()`,
      claimedAt,
    })
    .where(eq(endpointStates.endpointId, id));
}

/**
 * Marks an endpoint as deleted: nothing is sent to it from now on, its secrets are gone, and so is what people asked
 * to have sent out of turn, which is claimed whatever the state of the endpoint.
 */
export async function markDeleted(db: Queryable, id: string): Promise<void> {
  await db.update(endpoints).set({ deletedAt: sql`now()` }).where(eq(endpoints.id, id));
  await db.delete(endpointSecrets).where(eq(endpointSecrets.endpointId, id));
  await db
    .update(deliveryQueue)
    .set({ requestedAt: null, requestedTrigger: null })
    .where(and(eq(deliveryQueue.endpointId, id), isNotNull(deliveryQueue.requestedAt)));
  await db
    .update(endpointStates)
    .set({ disabledAt: sql`coalesce(${endpointStates.disabledAt}, now())`, nextDueAt: null, claimedAt })
    .where(eq(endpointStates.endpointId, id));
}

export async function insertTransition(
  db: Queryable,
  values: typeof endpointTransitions.$inferInsert,
): Promise<void> {
  await db.insert(endpointTransitions).values(values);
}
