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

/** The result of the last attempt. */
const lastAttempt = {
  httpStatus: smallint("http_status"),
  error: text("error", { enum: attemptErrors }),
  durationMs: integer("duration_ms"),
};

/** The kind of the last attempt's failure; `null` for a delivery that has not failed, or will not be sent. */
const failureGroupId = () => uuid("failure_group_id");
const isInGroup = sql`failure_group_id is not null`;

/**
 * Deliveries that have ended: one event for one endpoint, with its outcome. Written once, when it ends; until then it
 * is only a row of `delivery_queue`. Partitioned by RANGE (id), by week, as events are; the id says when it was
 * created.
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
    // The planner skips this table if only pending deliveries are requested.
    check("deliveries_ended", sql`status <> 'pending'`),
    // A delivery; the log of a workspace: newest first.
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // The log of one webhook: newest first.
    index("deliveries_endpoint").on(table.endpointId, table.id),
    // The log's filters for failures, which are few among many: failed, discarded.
    index("deliveries_undelivered").on(table.workspaceId, table.id).where(sql`status <> 'succeeded'`),
    // The deliveries of an event.
    index("deliveries_event").on(table.eventId),
    // The deliveries of a failure group: newest first.
    index("deliveries_failure_group").on(table.failureGroupId, table.id).where(isInGroup),
    // The log's other filters, each newest first: failures of one webhook, a response code, a cause, several
    // attempts. None contains deliveries that succeed at once, which are most.
    index("deliveries_endpoint_undelivered").on(table.endpointId, table.id).where(sql`status <> 'succeeded'`),
    index("deliveries_response")
      .on(table.workspaceId, table.httpStatus, table.id)
      .where(sql`http_status < 200 or http_status >= 300`),
    index("deliveries_cause").on(table.workspaceId, table.error, table.id).where(sql`error is not null`),
    index("deliveries_attempts").on(table.workspaceId, table.id).where(sql`attempts > 1`),
  ],
);

/**
 * Deliveries to be sent: a row for each that is pending (including held ones), and for each ended one that was
 * requested to be sent again. Rows are short and indexes few, because every attempt rewrites the row.
 */
export const deliveryQueue = pgTable(
  "delivery_queue",
  {
    workspaceId: uuid("workspace_id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    eventId: uuid("event_id").notNull(),
    /**
     * The endpoint's generation when the delivery was created, or released by a replay. If it is older than the
     * endpoint's, the delivery is held.
     */
    generation: integer("generation").notNull(),
    /**
     * Whether the delivery's status is pending. If not, a failed attempt leaves the status unchanged and removes the
     * row.
     */
    pending: boolean("pending").notNull(),
    /**
     * When the next attempt in the endpoint's turn is due; `null` if there is only a person's request. A lease never
     * changes it.
     */
    dueAt: moment("due_at"),
    /** The next attempt in turn was requested by a replay. */
    replay: boolean("replay").notNull().default(false),
    /** An attempt requested by a person or a test, out of turn, so that it neither uses up nor resets the schedule. */
    requestedAt: moment("requested_at"),
    requestedTrigger: text("requested_trigger", { enum: attemptTriggers }),
    /** The lease of an attempt requested out of turn; leases of attempts in turn are in `delivery_leases`. */
    leased: boolean("leased").notNull().default(false),
    /** The fencing token: only its holder may record a transition. */
    token: uuid("token"),
    leasedUntil: moment("leased_until"),
    /** The process that sends it (see `lease_owners`); `null` for a test, which its request sends. */
    leasedBy: uuid("leased_by"),
    attempts: integer("attempts").notNull(),
    /** Attempts of the schedule; they determine the next delay. */
    automaticAttempts: integer("automatic_attempts").notNull(),
    test: boolean("test").notNull().default(false),
    type: text("type").notNull(),
    /** Size of the event's body: a claim takes a limited number of bytes. */
    bodyBytes: integer("body_bytes").notNull(),
    ...lastAttempt,
    failureGroupId: failureGroupId(),
  },
  (table) => [
    // Recording an attempt; the log's filter for pending deliveries, newest first.
    primaryKey({ columns: [table.workspaceId, table.deliveryId] }),
    // A claim: an endpoint's free deliveries of its generation, oldest due first; and its leased ones.
    index("delivery_queue_turn").on(table.endpointId, table.leased, table.generation, table.dueAt),
    // A claim: attempts requested by people, and tests, before everything else.
    index("delivery_queue_requested").on(table.requestedAt).where(sql`requested_at is not null`),
    // The deliveries of an event.
    index("delivery_queue_event").on(table.eventId),
    // The log's filters for results of attempts, newest first. Held and untried deliveries have none, so they are not
    // in it.
    index("delivery_queue_tried").on(table.workspaceId, table.deliveryId).where(sql`attempts > 0`),
    // How many are held, which is counted without their rows: what is none of them though it is in line.
    index("delivery_queue_aside").on(table.endpointId, table.generation).where(sql`not pending or test`),
    // The deliveries of a failure group: newest first.
    index("delivery_queue_failure_group").on(table.failureGroupId, table.deliveryId).where(isInGroup),
  ],
);

/**
 * Leases of deliveries sent in their endpoints' turn: one row for what one claim took from one endpoint, written
 * under the lock of the endpoint's state. Attempts requested out of turn take no such lock and are leased in their
 * own row of the queue.
 */
export const deliveryLeases = pgTable(
  "delivery_leases",
  {
    endpointId: uuid("endpoint_id").notNull(),
    /** The fencing token: only its holder may record transitions, and only of `deliveries`. */
    token: uuid("token").notNull(),
    /** The process that sends them (see `lease_owners`). */
    leasedBy: uuid("leased_by"),
    leasedUntil: moment("leased_until").notNull(),
    /** The deliveries that are not recorded yet. */
    deliveries: uuid("deliveries").array().notNull(),
  },
  // An endpoint's deliveries under way; recording their results.
  (table) => [primaryKey({ columns: [table.endpointId, table.token] })],
);

/**
 * All deliveries: pending ones (including held ones), from the queue, and ended ones. Rows of the queue for
 * deliveries that ended before are not `listed`. Queries must filter by `listed`: a condition within the view would
 * keep the planner from reading both tables in the order of their keys.
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

/**
 * Processes that send, each with the moment when it was last known to be alive. The leases of a dead process are
 * given back.
 */
export const leaseOwners = pgTable("lease_owners", {
  id: uuid("id").primaryKey(),
  /** By the database's clock. */
  seenAt: moment("seen_at").notNull(),
});
