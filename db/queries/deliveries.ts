import {
  and,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  not,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import type { AttemptError, DeliveryStatusFilter } from "../../lib/core/deliveries";
import type { PayloadSearch } from "../../lib/core/payload-search";
import type { Queryable } from "../connection/client";
import { isFree } from "../fragments/is-free";
import { isHeld } from "../fragments/is-held";
import { isLeased } from "../fragments/is-leased";
import { isRow } from "../fragments/is-row";
import { payloadMatches } from "../fragments/payload-matches";
import {
  attempts,
  deliveryLog,
  deliveryQueue,
  endpointStates,
  endpoints,
  events,
  replayDeliveries,
} from "../schema";
import { happenedAt } from "./events";

/**
 * Events with this key, or with such a value in their payload. `isScanned`: there are too many to look up beforehand.
 */
export type LogSearch = { idempotencyKey: string; payload: PayloadSearch | null; isScanned?: boolean };

export type DeliveryFilter = {
  workspaceId: string;
  deliveryIds?: string[];
  endpointIds?: string[];
  statuses?: DeliveryStatusFilter[];
  types?: string[];
  /** `2xx` to `5xx`, `none`, or a status code. */
  httpStatuses?: string[];
  errors?: AttemptError[];
  /** Number of attempts, both bounds included. */
  attemptsMin?: number;
  attemptsMax?: number;
  /** Ids from (included) and below: a range of time. */
  fromId?: string;
  belowId?: string;
  eventId?: string;
  failureGroupId?: string;
  /** Deliveries that a job sent. */
  replayId?: string;
  deliveryId?: string;
  attemptId?: string;
  search?: LogSearch;
  /** Deliveries of the events that a search found. */
  eventIds?: string[];
  tests: boolean;
};

export const leased = sql<boolean>`(coalesce(${deliveryQueue.leasedUntil} > now(), false)
  or ${sql.raw(isLeased("delivery_queue"))})`;
export const held = sql<boolean>`${sql.raw(isHeld({ queue: "delivery_queue", state: "endpoint_states", endpoint: "endpoints" }))}`;
/** A delivery's row of the queue. */
export const ownPlace = sql.raw(
  isRow(
    ["delivery_queue.workspace_id", "delivery_queue.delivery_id"],
    ["delivery_log.workspace_id", "delivery_log.id"],
  ),
);

const row = {
  id: deliveryLog.id,
  eventId: deliveryLog.eventId,
  endpointId: deliveryLog.endpointId,
  type: deliveryLog.type,
  test: deliveryLog.test,
  status: deliveryLog.status,
  discardReason: deliveryLog.discardReason,
  held,
  dueAt: deliveryQueue.dueAt,
  requestedAt: deliveryQueue.requestedAt,
  leased,
  endpointDisabledAt: endpointStates.disabledAt,
  endpointFailures: endpointStates.consecutiveFailures,
  endpointNextProbeAt: endpointStates.nextProbeAt,
  attempts: deliveryLog.attempts,
  httpStatus: deliveryLog.httpStatus,
  error: deliveryLog.error,
  // The text of its failure group, which is read for few rows: the attempts have partitions and no place in the log.
  errorDetail: sql<string | null>`case when ${deliveryLog.error} = 'tls_error' then
    (select nullif(g.text, '') from failure_groups g where g.id = ${deliveryLog.failureGroupId}) end`,
  durationMs: deliveryLog.durationMs,
  completedAt: deliveryLog.completedAt,
};

/** One row of the log. */
export function isDelivery({ workspaceId, id }: { workspaceId: string; id: string }): SQL | undefined {
  return and(eq(deliveryLog.workspaceId, workspaceId), eq(deliveryLog.id, id), eq(deliveryLog.listed, true));
}

/**
 * The rows of a few deliveries, newest first, without bodies. They are sorted here: asked for an order, PostgreSQL before
 * 17 reads all that lie between them. The queue is looked up laterally, with a limit: joined, the planner expects many
 * rows of it, and reads it whole or starts parallel workers.
 */
export async function findDeliveries(
  db: Queryable,
  filter: { workspaceId: string } & ({ deliveryIds: string[] } | { eventId: string }),
) {
  const rows = await db
    .select(row)
    .from(deliveryLog)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, deliveryLog.endpointId))
    .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
    .leftJoinLateral(db.select().from(deliveryQueue).where(ownPlace).limit(1).as("delivery_queue"), sql`true`)
    .where(deliveryMatches(db, { ...filter, tests: true }));
  return rows.sort((a, b) => (a.id < b.id ? 1 : -1));
}
export type DeliveryRow = Awaited<ReturnType<typeof findDeliveries>>[number];

/** The status of each delivery of some events, in no particular order. */
export async function findStatuses(db: Queryable, params: { workspaceId: string; eventIds: string[] }) {
  if (params.eventIds.length === 0) return [];
  return db
    .select({ eventId: deliveryLog.eventId, status: deliveryLog.status, held })
    .from(deliveryLog)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, deliveryLog.endpointId))
    .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
    .leftJoin(deliveryQueue, ownPlace)
    .where(
      and(
        eq(deliveryLog.workspaceId, params.workspaceId),
        inArray(deliveryLog.eventId, params.eventIds),
        eq(deliveryLog.listed, true),
      ),
    );
}

/** The filter of the log, for a join of deliveries with their endpoint, its state, and their row of the queue. */
export function deliveryMatches(db: Queryable, filter: DeliveryFilter): SQL | undefined {
  return and(
    eq(deliveryLog.workspaceId, filter.workspaceId),
    eq(deliveryLog.listed, true),
    filter.tests ? undefined : eq(deliveryLog.test, false),
    filter.deliveryIds ? isAmong(filter.deliveryIds) : undefined,
    filter.endpointIds ? inArray(deliveryLog.endpointId, filter.endpointIds) : undefined,
    filter.statuses ? or(...filter.statuses.map(statusIs)) : undefined,
    filter.types ? inArray(deliveryLog.type, filter.types) : undefined,
    filter.httpStatuses ? or(...filter.httpStatuses.map((text) => httpStatusIs(text, answer))) : undefined,
    filter.errors ? inArray(deliveryLog.error, filter.errors) : undefined,
    filter.attemptsMin === undefined ? undefined : gte(deliveryLog.attempts, filter.attemptsMin),
    filter.attemptsMax === undefined ? undefined : lte(deliveryLog.attempts, filter.attemptsMax),
    filter.fromId ? gte(deliveryLog.id, filter.fromId) : undefined,
    filter.belowId ? lt(deliveryLog.id, filter.belowId) : undefined,
    filter.eventId ? eq(deliveryLog.eventId, filter.eventId) : undefined,
    filter.failureGroupId ? eq(deliveryLog.failureGroupId, filter.failureGroupId) : undefined,
    filter.replayId
      ? inArray(
          deliveryLog.id,
          db
            .select({ id: replayDeliveries.deliveryId })
            .from(replayDeliveries)
            .where(eq(replayDeliveries.replayId, filter.replayId)),
        )
      : undefined,
    filter.deliveryId ? eq(deliveryLog.id, filter.deliveryId) : undefined,
    filter.attemptId
      ? inArray(
          deliveryLog.id,
          db.select({ id: attempts.deliveryId }).from(attempts).where(eq(attempts.id, filter.attemptId)),
        )
      : undefined,
    filter.eventIds ? inArray(deliveryLog.eventId, filter.eventIds) : undefined,
    filter.search ? isFoundBy(db, filter.workspaceId, filter.search) : undefined,
  );
}

/** With the range of time that they are in, so that other weeks' partitions are not read. */
function isAmong(ids: string[]): SQL | undefined {
  const sorted = ids.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined
    ? sql`false`
    : and(inArray(deliveryLog.id, ids), gte(deliveryLog.id, first), lte(deliveryLog.id, last));
}

function isFoundBy(db: Queryable, workspaceId: string, search: LogSearch): SQL | undefined {
  const { idempotencyKey, payload } = search;
  const hasKey = inArray(
    deliveryLog.eventId,
    db
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.workspaceId, workspaceId), eq(events.idempotencyKey, idempotencyKey))),
  );
  if (payload === null) return hasKey;
  const hasPayload = sql`exists (
    select from events e where e.workspace_id = ${workspaceId} and e.id = ${deliveryLog.eventId}
      and ${payloadMatches(payload)})`;
  return "text" in payload ? hasPayload : or(hasKey, hasPayload);
}

function statusIs(status: DeliveryStatusFilter): SQL | undefined {
  if (status === "held") return and(eq(deliveryLog.status, "pending"), held);
  if (status === "pending" || status === "waiting" || status === "retrying") {
    const tried = {
      pending: undefined,
      waiting: eq(deliveryLog.attempts, 0),
      retrying: gt(deliveryLog.attempts, 0),
    };
    return and(eq(deliveryLog.status, "pending"), not(held), tried[status]);
  }
  const is = eq(deliveryLog.status, status);
  return status === "succeeded" ? is : and(eq(deliveryLog.undelivered, true), is);
}

type Answer = Record<"httpStatus" | "error", SQLWrapper>;
const answer: Answer = deliveryLog;

/** @param text as in `DeliveryFilter` */
export function httpStatusIs(text: string, { httpStatus, error }: Answer): SQL | undefined {
  if (text === "none") return and(isNull(httpStatus), isNotNull(error));
  const first = Number(text[0]) * 100;
  return text.endsWith("xx")
    ? and(gte(httpStatus, first), lt(httpStatus, first + 100))
    : sql`${httpStatus} = ${Number(text)}`;
}

/** One delivery with its event and webhook, or `null`. */
export async function findDelivery(db: Queryable, params: { workspaceId: string; id: string }) {
  const [found] = await db
    .select({
      ...row,
      payload: events.body,
      timestamp: happenedAt,
      idempotencyKey: events.idempotencyKey,
      endpointName: endpoints.name,
      endpointUrl: endpoints.url,
      endpointDeletedAt: endpoints.deletedAt,
    })
    .from(deliveryLog)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, deliveryLog.endpointId))
    .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
    .leftJoin(deliveryQueue, ownPlace)
    .innerJoin(
      events,
      and(eq(events.workspaceId, deliveryLog.workspaceId), eq(events.id, deliveryLog.eventId)),
    )
    .where(isDelivery(params));
  return found ?? null;
}

/** A delivery's attempts, newest first. They are younger than the delivery, so older partitions are not read. */
export async function findAttempts(db: Queryable, params: { workspaceId: string; deliveryId: string }) {
  return db
    .select(getTableColumns(attempts))
    .from(attempts)
    .innerJoin(deliveryLog, eq(deliveryLog.id, attempts.deliveryId))
    .where(
      and(
        isDelivery({ workspaceId: params.workspaceId, id: params.deliveryId }),
        eq(attempts.deliveryId, params.deliveryId),
        gte(attempts.id, params.deliveryId),
      ),
    )
    .orderBy(desc(attempts.id))
    .limit(200);
}
export type AttemptRow = Awaited<ReturnType<typeof findAttempts>>[number];

/**
 * Requests one attempt now, out of turn. A delivery that has ended is queued again for it. Returns `false` if an
 * attempt is under way or already requested.
 */
export async function requestAttempt(
  db: Queryable,
  params: { workspaceId: string; id: string; trigger: "manual" },
): Promise<boolean> {
  const changed = await db.execute(sql`
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, requested_at,
      requested_trigger, attempts, automatic_attempts, test, type, body_bytes)
    select d.workspace_id, d.id, d.endpoint_id, d.event_id, 0, false, now(), ${params.trigger}, d.attempts, 0, d.test,
      d.type, e.body_bytes
    from delivery_log d join events e on e.workspace_id = d.workspace_id and e.id = d.event_id
    where d.workspace_id = ${params.workspaceId} and d.id = ${params.id} and d.listed
    on conflict (workspace_id, delivery_id) do update
      set requested_at = excluded.requested_at, requested_trigger = excluded.requested_trigger
      where delivery_queue.requested_at is null
        and ${sql.raw(isFree("delivery_queue"))}
    returning delivery_id`);
  return changed.length > 0;
}
