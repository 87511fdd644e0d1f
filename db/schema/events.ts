import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/**
 * A workspace's type as one number, for the index: keys of equal width fill its pages, while texts of different
 * widths leave every page half empty. Two types may share a number, so queries also compare the type.
 */
export const typeKey = (workspaceId: unknown, type: unknown) =>
  sql`hashtextextended(${type}, uuid_hash(${workspaceId}))`;

/**
 * Published events. Partitioned by RANGE (id), by week (a UUIDv7 contains its time), so there are no unique
 * constraints except the key, and no foreign keys. The id says when the event was accepted.
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
    /** The body as sent, byte for byte. */
    body: text("body").notNull(),
    bodyBytes: integer("body_bytes").notNull(),
    /** The `traceparent` that its deliveries continue; `null` without a trace. */
    traceparent: text("traceparent"),
    /** Deliveries it was accepted with, and those added since: the ledger's left side. */
    deliveries: integer("deliveries").notNull(),
  },
  (table) => [
    // Rows are updated only if a delivery is added. Keys are inserted nearly in order, so pages can be full.
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // GET /events?type=: newest first.
    index("events_type").on(typeKey(table.workspaceId, table.type), table.id),
    // GET /deliveries?q=<idempotency key>; few workspaces have the same key.
    index("events_idempotency_key").on(table.idempotencyKey).where(sql`idempotency_key is not null`),
  ],
);

/** Keys of the last 24 hours, so that an event published twice is accepted once. Rows are locked in sorted order. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    workspaceId: uuid("workspace_id").notNull(),
    /** The key's scope; only `events` so far. */
    scope: text("scope").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of the canonical JSON of the request. */
    bodyHash: text("body_hash").notNull(),
    result: jsonb("result").$type<{ id: string; type: string; deliveries: number }>().notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.scope, table.key] }),
    // Deleting expired keys.
    index("idempotency_keys_expiry").on(table.expiresAt),
  ],
);
