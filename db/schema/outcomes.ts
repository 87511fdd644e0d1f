import { boolean, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";

const outcomes = () => ({
  workspaceId: uuid("workspace_id").notNull(),
  endpointId: uuid("endpoint_id").notNull(),
  succeeded: integer("succeeded").notNull(),
  failed: integer("failed").notNull(),
  discarded: integer("discarded").notNull(),
});
/** Of the delivery's creation: the time in its id. */
const minute = moment("minute").notNull();

/** Deliveries that have ended, by what became of them; tests are left out. At most a row a delivery, kept as long. */
export const deliveryMinutes = pgTable("delivery_minutes", { ...outcomes(), minute }, (table) => [
  // A range of time of a workspace, or of one of its endpoints, which are few.
  primaryKey({ columns: [table.workspaceId, table.minute, table.endpointId] }),
]);

/** The same by hour, for ranges of days. */
export const deliveryHours = pgTable(
  "delivery_hours",
  { ...outcomes(), hour: moment("hour").notNull() },
  (table) => [
    // As of the minutes.
    primaryKey({ columns: [table.workspaceId, table.hour, table.endpointId] }),
  ],
);

/**
 * What to add to both, inserted in the transaction that ends deliveries and folded in the background, so that no process
 * waits for a row that all write. No key and no index: it is only ever read as a whole.
 */
export const deliveryDeltas = pgTable("delivery_deltas", { ...outcomes(), minute });

/** One row: how far the tables have been counted, which a process of an older version fills without counting. */
export const deliveryCounts = pgTable("delivery_counts", {
  id: boolean("id").primaryKey().default(true),
  /** Complete from then on, down to which it is counted hour by hour; `null` before the first one. */
  completeFrom: moment("complete_from"),
});
