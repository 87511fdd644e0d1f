import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { EndpointState, StateChange } from "../../lib/core/endpoint-state";
import { waitingCountMax } from "../../lib/core/endpoints";
import { newId } from "../../lib/core/ids";
import type { Queryable } from "../connection/client";
import { backsOff } from "../fragments/backs-off";
import { inTurn } from "../fragments/in-turn";
import { nextClaimedAt } from "../fragments/next-claimed-at";
import { deliveryQueue, endpointSecrets, endpointStates, endpoints, endpointTransitions } from "../schema";

type InWorkspace = { workspaceId: string; id: string };

/** An endpoint's switches, locked until the transaction ends, so that no publish queues anything for it meanwhile. */
export async function lockEndpoint(db: Queryable, params: InWorkspace) {
  const [found] = await db
    .select({
      id: endpoints.id,
      workspaceId: endpoints.workspaceId,
      name: endpoints.name,
      url: endpoints.url,
      generation: endpoints.generation,
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
  // Read separately and not locked: the delivery engine may change it at any time.
  const [state] = await db
    .select({ disabledAt: endpointStates.disabledAt })
    .from(endpointStates)
    .where(eq(endpointStates.endpointId, found.id));
  return { ...found, isDisabled: Boolean(state?.disabledAt) };
}
export type LockedEndpoint = NonNullable<Awaited<ReturnType<typeof lockEndpoint>>>;

/** Makes everything on an endpoint's queue older than future deliveries: held, until a job handles it. */
export async function raiseGeneration(db: Queryable, id: string): Promise<number> {
  const [raised] = await db
    .update(endpoints)
    .set({ generation: sql`${endpoints.generation} + 1` })
    .where(eq(endpoints.id, id))
    .returning({ generation: endpoints.generation });
  if (!raised) throw new Error("a webhook that was locked is gone");
  return raised.generation;
}

/** Whether the endpoint's queue has anything but tests. */
export async function isAnythingQueued(db: Queryable, endpointId: string): Promise<boolean> {
  const found = await db
    .select({ id: deliveryQueue.deliveryId })
    .from(deliveryQueue)
    .where(and(eq(deliveryQueue.endpointId, endpointId), eq(deliveryQueue.test, false)))
    .limit(1);
  return found.length > 0;
}

const claimedAt = sql.raw(nextClaimedAt("endpoint_states"));

/** Whether deliveries that arrive while the endpoint is disabled are discarded. */
export async function setDiscardsWhileDisabled(db: Queryable, id: string, discards: boolean): Promise<void> {
  await db.update(endpoints).set({ discardsWhileDisabled: discards }).where(eq(endpoints.id, id));
}

/**
 * Changes an endpoint's state, under its lock, to what a rule decides, and writes the resulting transitions; if there
 * are none, nothing changes. The next claim looks at an endpoint that this enables.
 *
 * @param rule is given the state, and the time by the database's clock
 */
export async function switchState(
  db: Queryable,
  { workspaceId, id: endpointId }: InWorkspace,
  rule: (state: EndpointState, now: Date) => StateChange,
): Promise<void> {
  const isState = eq(endpointStates.endpointId, endpointId);
  const [locked] = await db.select(lockedColumns).from(endpointStates).where(isState).for("no key update");
  if (!locked) throw new Error("a webhook that was locked is gone");
  const { now, ...was } = locked;
  const { state, transitions } = rule(was, now);
  if (transitions.length === 0) return;
  const next = state.disabledAt ? {} : { nextDueAt: sql`now()` };
  await db
    .update(endpointStates)
    .set({ ...state, ...next, claimedAt })
    .where(isState);
  await db
    .insert(endpointTransitions)
    .values(transitions.map(({ by, ...rest }) => ({ id: newId(), workspaceId, endpointId, ...rest, ...by })));
}

/**
 * Makes an endpoint's next probe due now, together with up to `waitingCountMax` deliveries to be retried later, so
 * that they all follow if the probe succeeds. If it fails, it does not count. Nothing changes if the endpoint does not back off or a probe is under
 * way.
 *
 * @returns whether a probe is due now
 */
export async function bringProbeForward(db: Queryable, { id, generation }: LockedEndpoint): Promise<boolean> {
  const brought = await db
    .update(endpointStates)
    .set({
      // What asks twice before the probe is sent must not forget the first time.
      scheduledProbeAt: sql`case when next_probe_at > now() then next_probe_at else scheduled_probe_at end`,
      nextProbeAt: sql`now()`,
      nextDueAt: sql`now()`,
      claimedAt,
    })
    .where(
      and(
        eq(endpointStates.endpointId, id),
        isNull(endpointStates.disabledAt),
        sql.raw(backsOff("endpoint_states")),
        sql`(probe_until is null or probe_until < now())`,
      ),
    )
    .returning({ id: endpointStates.endpointId });
  if (brought.length === 0) return false;
  const turn = { endpoint: `'${id}'::uuid`, generation: String(generation) };
  await db.execute(sql`
    update delivery_queue q set due_at = now()
    from (
      select q.ctid as place from delivery_queue q
      where ${sql.raw(inTurn(turn, { leased: false }))} and q.due_at > now()
      order by q.due_at limit ${waitingCountMax} for update skip locked
    ) later where q.ctid = later.place`);
  return true;
}

const lockedColumns = {
  consecutiveFailures: endpointStates.consecutiveFailures,
  failingSince: endpointStates.failingSince,
  lastFailureAt: endpointStates.lastFailureAt,
  lastFailureStatus: endpointStates.lastFailureStatus,
  lastFailureError: endpointStates.lastFailureError,
  lastFailureDetail: endpointStates.lastFailureDetail,
  nextProbeAt: endpointStates.nextProbeAt,
  scheduledProbeAt: endpointStates.scheduledProbeAt,
  probeToken: endpointStates.probeToken,
  probeUntil: endpointStates.probeUntil,
  slowStart: endpointStates.slowStart,
  concurrency: endpointStates.concurrency,
  disabledAt: endpointStates.disabledAt,
  disabledCause: endpointStates.disabledCause,
  disabledActorName: endpointStates.disabledActorName,
  now: sql`now()`.mapWith(endpointStates.claimedAt),
};

/**
 * Marks an endpoint as deleted. Nothing is sent to it any more; its secrets are deleted, and so are deliveries
 * requested out of turn, which would be claimed in any state of the endpoint.
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
