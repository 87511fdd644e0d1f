import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import {
  attemptErrors,
  attemptTriggers,
  discardReasons,
  storedDeliveryStatuses,
} from "../../lib/deliveries/constants";
import { moment } from "./columns";

/** One event for one endpoint. Partitioned by RANGE (id), a week each, as events are. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id").notNull(),
    eventId: uuid("event_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    type: text("type").notNull(),
    test: boolean("test").notNull(),
    status: text("status", { enum: storedDeliveryStatuses }).notNull(),
    discardReason: text("discard_reason", { enum: discardReasons }),
    /** The schedule: when the next automatic attempt is due; `null` when none is. A lease never changes it. */
    dueAt: moment("due_at"),
    /** An attempt asked for by a person or a test, apart from the schedule, so that it neither uses it up nor resets it. */
    requestedAt: moment("requested_at"),
    requestedTrigger: text("requested_trigger", { enum: attemptTriggers }),
    /** The fence: only the holder of the token may record a transition. */
    token: uuid("token"),
    leasedUntil: moment("leased_until"),
    attempts: integer("attempts").notNull(),
    /** Those of the schedule; the next delay follows from it. */
    automaticAttempts: integer("automatic_attempts").notNull(),
    /** Of the last attempt. */
    httpStatus: smallint("http_status"),
    error: text("error", { enum: attemptErrors }),
    durationMs: integer("duration_ms"),
    createdAt: moment("created_at").notNull(),
    completedAt: moment("completed_at"),
  },
  (table) => [
    // The log of a workspace: newest first.
    index("deliveries_workspace").on(table.workspaceId, table.id.desc()),
    // The log of one webhook: newest first.
    index("deliveries_endpoint").on(table.endpointId, table.id.desc()),
    // The log's filters for what went wrong, which are few among many: failed, discarded, pending.
    index("deliveries_open")
      .on(table.workspaceId, table.status, table.id.desc())
      .where(sql`status <> 'succeeded'`),
    // The deliveries of an event.
    index("deliveries_event").on(table.eventId),
    // A claim: the due deliveries of an endpoint, oldest first; also how many it holds.
    index("deliveries_due").on(table.endpointId, table.dueAt).where(sql`due_at is not null`),
    // A claim: what people asked for, and tests, before everything else.
    index("deliveries_requested").on(table.requestedAt).where(sql`requested_at is not null`),
    // A claim: slots of an endpoint that are taken.
    index("deliveries_leased").on(table.endpointId, table.leasedUntil).where(sql`leased_until is not null`),
  ],
);
