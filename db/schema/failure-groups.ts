import { index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { attemptErrors } from "../../lib/core/deliveries";
import { moment } from "./columns";
import { workspaces } from "./workspaces";

/**
 * Failures of one kind: the same webhook, the same response code or cause, and the same text once its variable parts
 * are masked. The id is derived from these, so that no process has to look it up.
 */
export const failureGroups = pgTable(
  "failure_groups",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    endpointId: uuid("endpoint_id").notNull(),
    httpStatus: smallint("http_status"),
    error: text("error", { enum: attemptErrors }),
    text: text("text").notNull(),
    /** One of its deliveries: the last one recorded. */
    sampleDeliveryId: uuid("sample_delivery_id").notNull(),
    /** Since when it has not been empty. */
    firstSeenAt: moment("first_seen_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
  },
  // The groups of a workspace.
  (table) => [index("failure_groups_workspace").on(table.workspaceId)],
);

const counted = () => ({
  workspaceId: uuid("workspace_id").notNull(),
  groupId: uuid("group_id").notNull(),
  type: text("type").notNull(),
  /** The five minutes in which the event was accepted, by the time in its id. */
  bucket: moment("bucket").notNull(),
  /** How many deliveries are in the group. */
  n: integer("n").notNull(),
});

/** How many deliveries are in a group now, by type and by when their events were accepted. */
export const failureGroupBuckets = pgTable("failure_group_buckets", counted(), (table) => [
  // One row per group, type and bucket; all of a workspace, by group.
  primaryKey({ columns: [table.workspaceId, table.groupId, table.bucket, table.type] }),
]);

/**
 * Changes to add to `failure_group_buckets`, inserted by the statement that changes deliveries and folded in the
 * background, so that no process waits for a row that all write. It has no key and no index, because it is only read
 * as a whole.
 */
export const failureGroupDeltas = pgTable("failure_group_deltas", counted());
