import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import {
  attemptErrors,
  attemptTriggers,
  discardReasons,
  endedDeliveryStatuses,
  storedDeliveryStatuses,
} from "../../lib/core/deliveries";
import { moment } from "./columns";

/** Of which event, for which endpoint. */
const identity = {
  id: uuid("id").notNull(),
  workspaceId: uuid("workspace_id").notNull(),
  eventId: uuid("event_id").notNull(),
  endpointId: uuid("endpoint_id").notNull(),
  type: text("type").notNull(),
  test: boolean("test").notNull(),
};

/** What the last attempt came to. */
const lastAttempt = {
  httpStatus: smallint("http_status"),
  error: text("error", { enum: attemptErrors }),
  durationMs: integer("duration_ms"),
};

/** Of which kind the last attempt's failure is; `null` for what has not failed, or is not to be sent. */
const failureGroupId = () => uuid("failure_group_id");
const isInGroup = sql`failure_group_id is not null`;

/**
 * Deliveries that have ended: one event for one endpoint, and what became of it. Written once, when it ends; until then it
 * is a row of `delivery_queue` alone. Partitioned by RANGE (id), a week each, as events are; the id says when it was made.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    ...identity,
    status: text("status", { enum: endedDeliveryStatuses }).notNull(),
    discardReason: text("discard_reason", { enum: discardReasons }),
    attempts: integer("attempts").notNull(),
    ...lastAttempt,
    completedAt: moment("completed_at"),
    failureGroupId: failureGroupId(),
  },
  (table) => [
    // The planner leaves this table out if pending ones are asked for.
    check("deliveries_ended", sql`status <> 'pending'`),
    // A delivery; the log of a workspace: newest first.
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // The log of one webhook: newest first.
    index("deliveries_endpoint").on(table.endpointId, table.id),
    // The log's filters for what went wrong, which is little among much: failed, discarded.
    index("deliveries_undelivered").on(table.workspaceId, table.id).where(sql`status <> 'succeeded'`),
    // The deliveries of an event.
    index("deliveries_event").on(table.eventId),
    // The deliveries of a failure group: newest first.
    index("deliveries_failure_group").on(table.failureGroupId, table.id).where(isInGroup),
    // The log's other filters, each newest first: what went wrong at one webhook, an answer, a cause, several attempts. None
    // has what succeeds at once, which is most.
    index("deliveries_endpoint_undelivered").on(table.endpointId, table.id).where(sql`status <> 'succeeded'`),
    index("deliveries_response")
      .on(table.workspaceId, table.httpStatus, table.id)
      .where(sql`http_status < 200 or http_status >= 300`),
    index("deliveries_cause").on(table.workspaceId, table.error, table.id).where(sql`error is not null`),
    index("deliveries_attempts").on(table.workspaceId, table.id).where(sql`attempts > 1`),
  ],
);

/**
 * What is to be sent: a row for each delivery that is pending (held ones too), and for each ended one that somebody
 * asked to have sent again. Short rows and few indexes, because every attempt rewrites it.
 */
export const deliveryQueue = pgTable(
  "delivery_queue",
  {
    workspaceId: uuid("workspace_id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    eventId: uuid("event_id").notNull(),
    /** The endpoint's when the delivery was made, or released by a replay; an older one than the endpoint's is held. */
    generation: integer("generation").notNull(),
    /** Whether the delivery's status is pending; else a failed attempt leaves it as it is, and takes it off the queue. */
    pending: boolean("pending").notNull(),
    /** When the next attempt in the endpoint's turn is due; `null` if a person's request is all. A lease never changes it. */
    dueAt: moment("due_at"),
    /** The next attempt in turn was asked for by a replay. */
    replay: boolean("replay").notNull().default(false),
    /** An attempt asked for by a person or a test, out of turn, so that it neither uses the schedule up nor resets it. */
    requestedAt: moment("requested_at"),
    requestedTrigger: text("requested_trigger", { enum: attemptTriggers }),
    /** Of what was asked for out of turn; the lease of what is sent in turn is in `delivery_leases`. */
    leased: boolean("leased").notNull().default(false),
    /** The fence: only the holder of the token may record a transition. */
    token: uuid("token"),
    leasedUntil: moment("leased_until"),
    /** The process that sends it (see `lease_owners`); `null` for a test, which its request sends. */
    leasedBy: uuid("leased_by"),
    attempts: integer("attempts").notNull(),
    /** Those of the schedule; the next delay follows from it. */
    automaticAttempts: integer("automatic_attempts").notNull(),
    test: boolean("test").notNull().default(false),
    type: text("type").notNull(),
    /** Of the event's body: a claim takes so many bytes at most. */
    bodyBytes: integer("body_bytes").notNull(),
    ...lastAttempt,
    failureGroupId: failureGroupId(),
  },
  (table) => [
    // Recording an attempt; the log's filter for what is pending, newest first.
    primaryKey({ columns: [table.workspaceId, table.deliveryId] }),
    // A claim: an endpoint's free deliveries of its generation, oldest due first; and those that are leased.
    index("delivery_queue_turn").on(table.endpointId, table.leased, table.generation, table.dueAt),
    // A claim: what people asked for, and tests, before everything else.
    index("delivery_queue_requested").on(table.requestedAt).where(sql`requested_at is not null`),
    // The deliveries of an event.
    index("delivery_queue_event").on(table.eventId),
    // The log's filters for what came of attempts, newest first: it has no place in what is held, or waits untried.
    index("delivery_queue_tried").on(table.workspaceId, table.deliveryId).where(sql`attempts > 0`),
    // The deliveries of a failure group: newest first.
    index("delivery_queue_failure_group").on(table.failureGroupId, table.deliveryId).where(isInGroup),
  ],
);

/**
 * What processes send in their endpoints' turn: a row for what one claim took from one endpoint, written under the lock of
 * the endpoint's state. What was asked for out of turn, which takes no such lock, is leased in its own row of the queue.
 */
export const deliveryLeases = pgTable(
  "delivery_leases",
  {
    endpointId: uuid("endpoint_id").notNull(),
    /** The fence: only its holder may record a transition, and only of what is among `deliveries`. */
    token: uuid("token").notNull(),
    /** The process that sends them (see `lease_owners`). */
    leasedBy: uuid("leased_by"),
    leasedUntil: moment("leased_until").notNull(),
    /** What is not recorded yet. */
    deliveries: uuid("deliveries").array().notNull(),
  },
  // What an endpoint has under way; recording what came of it.
  (table) => [primaryKey({ columns: [table.endpointId, table.token] })],
);

/**
 * All deliveries: those that are pending (held ones too), from the queue, and those that have ended. Of the queue's rows
 * those that are sent again after they ended are not `listed`. Whoever reads it asks for `listed`: a condition within the
 * view would keep the planner from reading both tables in the order of their keys.
 */
export const deliveryLog = pgView("delivery_log", {
  ...identity,
  listed: boolean("listed").notNull(),
  status: text("status", { enum: storedDeliveryStatuses }).notNull(),
  discardReason: text("discard_reason", { enum: discardReasons }),
  /** Ended without success: failed or discarded. */
  undelivered: boolean("undelivered").notNull(),
  attempts: integer("attempts").notNull(),
  ...lastAttempt,
  completedAt: moment("completed_at"),
  failureGroupId: failureGroupId(),
}).as(sql`
  select id, workspace_id, event_id, endpoint_id, type, test, true as listed, status, discard_reason,
    status <> 'succeeded' as undelivered, attempts, http_status, error, duration_ms, completed_at,
    failure_group_id
  from deliveries
  union all
  select delivery_id, workspace_id, event_id, endpoint_id, type, test, pending, 'pending', null::text, false,
    attempts, http_status, error, duration_ms, null::timestamptz(3), failure_group_id
  from delivery_queue`);

/** Processes that send, each with the moment it was last known to be alive: what a dead one has leased is given back. */
export const leaseOwners = pgTable("lease_owners", {
  id: uuid("id").primaryKey(),
  /** By the database's clock. */
  seenAt: moment("seen_at").notNull(),
});
