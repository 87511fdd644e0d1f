import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { endpointConcurrencyDefault, signatureKinds } from "../../lib/endpoints/constants";
import { createdAt, moment } from "./columns";
import { workspaces } from "./workspaces";

/** Webhooks: what people edit. A deleted one stays as a row, so that its log can be read. */
export const endpoints = pgTable(
  "endpoints",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    /** `null`: all event types, also future ones. */
    eventTypes: text("event_types").array(),
    signature: text("signature", { enum: signatureKinds }).notNull(),
    /** Custom headers: name to encrypted value. */
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    deletedAt: moment("deleted_at"),
  },
  // The list of webhooks, and the fan-out of published events.
  (table) => [index("endpoints_workspace").on(table.workspaceId, table.id).where(sql`deleted_at is null`)],
);

/** Signing secrets, encrypted. The newest signs; one with `expires_at` signs beside it until then. */
export const endpointSecrets = pgTable(
  "endpoint_secrets",
  {
    id: uuid("id").primaryKey(),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: signatureKinds }).notNull(),
    ciphertext: text("ciphertext").notNull(),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
  },
  // The secrets a request is signed with.
  (table) => [index("endpoint_secrets_endpoint").on(table.endpointId, table.id)],
);

/** What the delivery engine keeps of an endpoint, apart from what people edit. */
export const endpointStates = pgTable(
  "endpoint_states",
  {
    endpointId: uuid("endpoint_id")
      .primaryKey()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    workspaceId: uuid("workspace_id").notNull(),
    concurrency: integer("concurrency").notNull().default(endpointConcurrencyDefault),
    disabledAt: moment("disabled_at"),
    disabledReason: text("disabled_reason"),
    /** No delivery is due earlier, as far as is known; `null` when none is. Only a claim moves it forward. */
    nextDueAt: moment("next_due_at"),
    /** Until then a claim must not move `next_due_at` forward: a publish that began before may still commit. */
    hotUntil: moment("hot_until"),
    /** Claims take endpoints in rotating order. */
    claimedAt: moment("claimed_at").notNull().defaultNow(),
  },
  // Endpoints ready for a claim, in rotating order.
  (table) => [
    index("endpoint_states_ready")
      .on(table.claimedAt)
      .where(sql`next_due_at is not null and disabled_at is null`),
  ],
);

/** Figures of an endpoint by hour. First attempts are counted apart, so that retries don't blur the rate. */
export const endpointHours = pgTable(
  "endpoint_hours",
  {
    endpointId: uuid("endpoint_id").notNull(),
    hour: moment("hour").notNull(),
    attempts: integer("attempts").notNull(),
    succeeded: integer("succeeded").notNull(),
    firstAttempts: integer("first_attempts").notNull(),
    firstSucceeded: integer("first_succeeded").notNull(),
    /** Attempts by latency, one number a bucket of `latencyBucketsMs` and one for slower ones. */
    latency: integer("latency").array().notNull(),
    lastAttemptAt: moment("last_attempt_at").notNull(),
  },
  (table) => [
    // One row an endpoint and hour; also the last 24 hours of an endpoint.
    primaryKey({ columns: [table.endpointId, table.hour] }),
  ],
);
