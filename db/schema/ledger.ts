import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { type LedgerSums, ledgerAlarmKinds } from "../../lib/core/ledger";
import { moment } from "./columns";

const sums = () => ({
  workspaceId: uuid("workspace_id").notNull(),
  /** Of the event's acceptance: the time in its id. */
  hour: moment("hour").notNull(),
  accepted: integer("accepted").notNull(),
  succeeded: integer("succeeded").notNull(),
  failed: integer("failed").notNull(),
  discarded: integer("discarded").notNull(),
  /** Accepted events, those without deliveries too. */
  events: integer("events").notNull().default(0),
});

/** What became of deliveries, by workspace and hour; tests are left out. What is missing to `accepted` is pending or held. */
export const ledgerHours = pgTable("ledger_hours", sums(), (table) => [
  // One row a workspace and hour; also the sums of a workspace.
  primaryKey({ columns: [table.workspaceId, table.hour] }),
]);

/**
 * What to add to `ledger_hours`, inserted in the transaction that changes deliveries and folded in the background, so
 * that no process waits for a row that all write. No key and no index: it is only ever read as a whole.
 */
export const ledgerDeltas = pgTable("ledger_deltas", sums());

/** What a check found wrong, and until when. */
export const ledgerAlarms = pgTable(
  "ledger_alarms",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id").notNull(),
    kind: text("kind", { enum: ledgerAlarmKinds }).notNull(),
    /** Of a gap: the hour, its count by the ledger, and its count in the tables. */
    hour: moment("hour"),
    expected: jsonb("expected").$type<LedgerSums>(),
    found: jsonb("found").$type<LedgerSums>(),
    /** Of lateness: the delivery due for longest, its endpoint, and since when it is due. */
    deliveryId: uuid("delivery_id"),
    endpointId: uuid("endpoint_id"),
    dueAt: moment("due_at"),
    openedAt: moment("opened_at").notNull().defaultNow(),
    closedAt: moment("closed_at"),
  },
  (table) => [
    // One open alarm an hour with a gap, and one a workspace for lateness.
    uniqueIndex("ledger_alarms_gap")
      .on(table.workspaceId, table.hour)
      .where(sql`kind = 'gap' and closed_at is null`),
    uniqueIndex("ledger_alarms_late").on(table.workspaceId).where(sql`kind = 'late' and closed_at is null`),
    // The alarms of a workspace: newest first.
    index("ledger_alarms_workspace").on(table.workspaceId, table.openedAt),
    // What is open anywhere.
    index("ledger_alarms_open").on(table.kind).where(sql`closed_at is null`),
  ],
);

/** One row: where the check is, so that several processes share one. */
export const ledgerChecks = pgTable("ledger_checks", {
  id: boolean("id").primaryKey().default(true),
  /** When the last run began. */
  startedAt: moment("started_at"),
  /** When the last comparison with the tables was done. */
  comparedAt: moment("compared_at"),
  /** The older hour that is compared next. */
  nextHour: moment("next_hour"),
});
