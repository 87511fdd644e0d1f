import { boolean, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";

const outcomes = () => ({
  workspaceId: uuid("workspace_id").notNull(),
  endpointId: uuid("endpoint_id").notNull(),
  succeeded: integer("succeeded").notNull(),
  failed: integer("failed").notNull(),
  discarded: integer("discarded").notNull(),
});
/** The time at which the delivery was created, from its id. */
const minute = moment("minute").notNull();

/** Ended deliveries by outcome, without tests. At most one row per delivery, kept as long. */
export const deliveryMinutes = pgTable("delivery_minutes", { ...outcomes(), minute }, (table) => [
  // A range of time of a workspace, or of one of its few endpoints.
  primaryKey({ columns: [table.workspaceId, table.minute, table.endpointId] }),
]);

/** The same by hour, for ranges of days. */
export const deliveryHours = pgTable(
  "delivery_hours",
  { ...outcomes(), hour: moment("hour").notNull() },
  (table) => [
    // As for the minutes.
    primaryKey({ columns: [table.workspaceId, table.hour, table.endpointId] }),
  ],
);

/**
 * Changes to add to both, inserted in the transaction that ends deliveries and folded in the background, so that no
 * process waits for a row that all write. It has no key and no index, because it is only read as a whole.
 */
export const deliveryDeltas = pgTable("delivery_deltas", { ...outcomes(), minute });

/** One row: how far the tables have been counted, because a process of an older version fills them without counting. */
export const deliveryCounts = pgTable("delivery_counts", {
  id: boolean("id").primaryKey().default(true),
  /** Complete from then on; older hours are counted one by one, back from there; `null` before the first one. */
  completeFrom: moment("complete_from"),
});
