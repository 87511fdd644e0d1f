import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { type SelfTestResult, selfTestPhases, selfTestStatuses } from "../../lib/core/self-test";
import { createdAt, moment } from "./columns";

/** Tests that operators run on their own installation, and what came of them. */
export const selfTests = pgTable(
  "self_tests",
  {
    id: uuid("id").primaryKey(),
    status: text("status", { enum: selfTestStatuses }).notNull(),
    phase: text("phase", { enum: selfTestPhases }).notNull(),
    /** Why it failed, as a message. */
    reason: text("reason"),
    /** So far: events that were answered 202, and those that came to a receiver of the test. */
    accepted: integer("accepted").notNull().default(0),
    received: integer("received").notNull().default(0),
    result: jsonb("result").$type<SelfTestResult>(),
    /** The workspace that it publishes in, until it is cleared away. */
    testWorkspaceId: uuid("test_workspace_id").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    /** While it runs: when its process last said so. */
    seenAt: moment("seen_at"),
    /** Somebody asked for its end. */
    cancelledAt: moment("cancelled_at"),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    // One at a time.
    uniqueIndex("self_tests_unfinished").on(sql`(true)`).where(sql`${table.finishedAt} is null`),
  ],
);

/** Requests that came to the receivers of the test that runs. */
export const selfTestReceipts = pgTable(
  "self_test_receipts",
  {
    /** Given as it came, so that what is written again after a lost connection counts once. */
    id: uuid("id").primaryKey(),
    selfTestId: uuid("self_test_id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    receivedAt: moment("received_at").notNull(),
  },
  // The receipts of a test.
  (table) => [index("self_test_receipts_test").on(table.selfTestId, table.deliveryId)],
);
