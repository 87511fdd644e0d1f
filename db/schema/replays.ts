import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { discardReasons } from "../../lib/core/deliveries";
import { replayKinds, replayStatuses } from "../../lib/core/replays";
import { createdAt, moment } from "./columns";
import { workspaces } from "./workspaces";

/** Jobs over many deliveries, done in chunks: held deliveries, or those that a filter of the log matches. */
export const replays = pgTable(
  "replays",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: replayKinds }).notNull(),
    /** The endpoint that it is about, if it is about one. */
    endpointId: uuid("endpoint_id"),
    /** The job handles what the endpoint has queued from before this generation; `null`: what `filter` matches. */
    belowGeneration: integer("below_generation"),
    filter: jsonb("filter"),
    discardReason: text("discard_reason", { enum: discardReasons }),
    status: text("status", { enum: replayStatuses }).notNull(),
    /** Why it ended early, as a message. */
    reason: text("reason"),
    total: integer("total").notNull(),
    done: integer("done").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    ratePerSecond: integer("rate_per_second"),
    newestFirst: boolean("newest_first").notNull().default(false),
    /** The last delivery of the finished chunks. Advanced in the transaction of a chunk. */
    cursor: uuid("cursor"),
    /** The earliest start of the next chunk, by the pace. */
    nextAt: moment("next_at").notNull().defaultNow(),
    /** Failed chunks in a row. */
    failures: smallint("failures").notNull().default(0),
    /** Who started it, like `Ana` or `API key Billing`. */
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    // The list of a workspace's jobs: newest first.
    index("replays_workspace").on(table.workspaceId, table.id),
    // The next chunk to work on; an endpoint's unfinished jobs.
    index("replays_unfinished").on(table.nextAt).where(sql`finished_at is null`),
  ],
);

/** Deliveries that a job sent, so that their results can be found. */
export const replayDeliveries = pgTable(
  "replay_deliveries",
  {
    replayId: uuid("replay_id")
      .notNull()
      .references(() => replays.id, { onDelete: "cascade" }),
    deliveryId: uuid("delivery_id").notNull(),
  },
  // The deliveries of a job: newest first.
  (table) => [primaryKey({ columns: [table.replayId, table.deliveryId] })],
);
