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
  /** The hour in which the event was accepted, by the time in its id. */
  hour: moment("hour").notNull(),
  accepted: integer("accepted").notNull(),
  succeeded: integer("succeeded").notNull(),
  failed: integer("failed").notNull(),
  discarded: integer("discarded").notNull(),
  /** Accepted events, including those without deliveries. */
  events: integer("events").notNull().default(0),
});

/** Outcomes of deliveries, by workspace and hour, without tests. The difference to `accepted` is pending or held. */
export const ledgerHours = pgTable("ledger_hours", sums(), (table) => [
  // One row per workspace and hour; also the sums of a workspace.
  primaryKey({ columns: [table.workspaceId, table.hour] }),
]);

/**
 * Changes to add to `ledger_hours`, inserted in the transaction that changes deliveries and folded in the background,
 * so that no process waits for a row that all write. It has no key and no index, because it is only read as a whole.
 */
export const ledgerDeltas = pgTable("ledger_deltas", sums());

/** Errors that a check found, and until when they lasted. */
export const ledgerAlarms = pgTable(
  "ledger_alarms",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id").notNull(),
    kind: text("kind", { enum: ledgerAlarmKinds }).notNull(),
    /** For a gap: the hour, its count in the ledger, and its count in the tables. */
    hour: moment("hour"),
    expected: jsonb("expected").$type<LedgerSums>(),
    found: jsonb("found").$type<LedgerSums>(),
    /** For lateness: the delivery that has been due longest, its endpoint, and since when it has been due. */
    deliveryId: uuid("delivery_id"),
    endpointId: uuid("endpoint_id"),
    dueAt: moment("due_at"),
    openedAt: moment("opened_at").notNull().defaultNow(),
    closedAt: moment("closed_at"),
  },
  (table) => [
    // One open alarm per hour with a gap, and one per workspace for lateness.
    uniqueIndex("ledger_alarms_gap")
      .on(table.workspaceId, table.hour)
      .where(sql`kind = 'gap' and closed_at is null`),
    uniqueIndex("ledger_alarms_late").on(table.workspaceId).where(sql`kind = 'late' and closed_at is null`),
    // The alarms of a workspace: newest first.
    index("ledger_alarms_workspace").on(table.workspaceId, table.openedAt),
    // Open alarms of any workspace.
    index("ledger_alarms_open").on(table.kind).where(sql`closed_at is null`),
  ],
);

/** One row with the progress of the check, which all processes share. */
export const ledgerChecks = pgTable("ledger_checks", {
  id: boolean("id").primaryKey().default(true),
  /** When the last run started. */
  startedAt: moment("started_at"),
  /** When the last comparison with the tables was completed. */
  comparedAt: moment("compared_at"),
  /** The older hour to compare next. */
  nextHour: moment("next_hour"),
});
