import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/**
 * A workspace's type as one number for the index, since keys of one width fill its pages: texts of several widths leave
 * every page half empty. Two types may share one, so what is found by it is compared as well.
 */
export const typeKey = (workspaceId: unknown, type: unknown) =>
  sql`hashtextextended(${type}, uuid_hash(${workspaceId}))`;

/**
 * What was published. Partitioned by RANGE (id), a week each (a UUIDv7 is a time): no unique constraint but the
 * key, no foreign keys. The id says when it was accepted.
 */
export const events = pgTable(
  "events",
  {
    id: uuid("id").notNull(),
    workspaceId: uuid("workspace_id").notNull(),
    type: text("type").notNull(),
    test: boolean("test").notNull(),
    idempotencyKey: text("idempotency_key"),
    /** When it happened, if the producer says so; `null`: when it was accepted. */
    timestamp: moment("timestamp"),
    /** The body as it is sent, byte for byte. */
    body: text("body").notNull(),
    bodyBytes: integer("body_bytes").notNull(),
    /** The `traceparent` that its deliveries go on with; `null` without a trace. */
    traceparent: text("traceparent"),
    /** Deliveries it was accepted with, and those that were added since: the ledger's left side. */
    deliveries: integer("deliveries").notNull(),
  },
  (table) => [
    // Rows are updated only if a delivery is added: keys are entered in order, or near it, and pages can be full.
    // An event; GET /events: newest first.
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // GET /events?type=: newest first.
    index("events_type").on(typeKey(table.workspaceId, table.type), table.id),
    // GET /deliveries?q=<idempotency key>; few workspaces have the same key.
    index("events_idempotency_key").on(table.idempotencyKey).where(sql`idempotency_key is not null`),
  ],
);

/** Keys of the last 24 hours, so that publishing twice answers once. Rows are taken in sorted order. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    workspaceId: uuid("workspace_id").notNull(),
    /** What the key is for; `events` so far. */
    scope: text("scope").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of the canonical JSON of the request. */
    bodyHash: text("body_hash").notNull(),
    result: jsonb("result").$type<{ id: string; type: string; deliveries: number }>().notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.scope, table.key] }),
    // Removing what has expired.
    index("idempotency_keys_expiry").on(table.expiresAt),
  ],
);
