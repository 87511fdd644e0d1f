import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { attemptErrors } from "../../lib/core/deliveries";
import { causes, endpointTransitionKinds } from "../../lib/core/endpoint-state";
import { endpointConcurrencyDefault, type RetryPolicy, signatureKinds } from "../../lib/core/endpoints";
import { createdAt, moment } from "./columns";
import { workspaces } from "./workspaces";

/** Webhooks: the part that people edit. A deleted one keeps its row, so that its log can be read. */
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
    /** `null`: all event types, including future ones. */
    eventTypes: text("event_types").array(),
    signature: text("signature", { enum: signatureKinds }).notNull(),
    /** Custom headers: name to encrypted value. */
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    /** `null`: the workspace's schedule. */
    retryPolicy: jsonb("retry_policy").$type<RetryPolicy>(),
    /** Events a second; `null` for no limit. */
    rateLimit: integer("rate_limit"),
    /** Incremented when held deliveries are kept for later: deliveries of an older generation are held. */
    generation: integer("generation").notNull().default(0),
    /** Chosen when it was disabled: deliveries that arrive meanwhile are discarded. */
    discardsWhileDisabled: boolean("discards_while_disabled").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    deletedAt: moment("deleted_at"),
  },
  // The list of webhooks, and the fan-out of published events.
  (table) => [index("endpoints_workspace").on(table.workspaceId, table.id).where(sql`deleted_at is null`)],
);

/**
 * Secrets that sign requests: the current one, without `expires_at`, and those that sign beside it until they expire.
 */
export const endpointSecrets = pgTable(
  "endpoint_secrets",
  {
    id: uuid("id").primaryKey(),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: signatureKinds }).notNull(),
    /** The secret, encrypted; `null` for `jwt`, because the installation's own key signs. */
    ciphertext: text("ciphertext"),
    /** The key that verifies the signature, if it is not the secret itself: `whpk_…`. */
    publicKey: text("public_key"),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [
    // The secrets a request is signed with.
    index("endpoint_secrets_endpoint").on(table.endpointId, table.id),
    // One current secret per endpoint, however many rotate it at once.
    uniqueIndex("endpoint_secrets_current").on(table.endpointId).where(sql`expires_at is null`),
  ],
);

/** The delivery engine's state of an endpoint, separate from what people edit. */
export const endpointStates = pgTable(
  "endpoint_states",
  {
    endpointId: uuid("endpoint_id")
      .primaryKey()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    workspaceId: uuid("workspace_id").notNull(),
    concurrency: integer("concurrency").notNull().default(endpointConcurrencyDefault),
    disabledAt: moment("disabled_at"),
    /** Who or what disabled it, by the actor's name at that time. */
    disabledCause: text("disabled_cause", { enum: causes }),
    disabledActorName: text("disabled_actor_name"),
    /** Failures in a row. Up to 5, every automatic attempt counts; after that, only probes do. */
    consecutiveFailures: integer("consecutive_failures").notNull().default(0),
    failingSince: moment("failing_since"),
    /** Of the last failure. */
    lastFailureAt: moment("last_failure_at"),
    lastFailureStatus: smallint("last_failure_status"),
    lastFailureError: text("last_failure_error", { enum: attemptErrors }),
    /** In words, for errors that have several kinds of faults, like a certificate's. */
    lastFailureDetail: text("last_failure_detail"),
    /** While it backs off: the earliest time of the next probe. */
    nextProbeAt: moment("next_probe_at"),
    /** While the next probe is one that a user asked for: when it would be due otherwise. */
    scheduledProbeAt: moment("scheduled_probe_at"),
    /** The token of the delivery sent as a probe, and the end of its lease. */
    probeToken: uuid("probe_token"),
    probeUntil: moment("probe_until"),
    /** Concurrent requests while it recovers, doubling from 1; `null` if it is not recovering. */
    slowStart: integer("slow_start"),
    /** Attempts that its rate limit allows, as of `rate_at`. */
    rateTokens: doublePrecision("rate_tokens"),
    rateAt: moment("rate_at"),
    /** No delivery is known to be due earlier; `null` if none is due. Only a claim moves it forward. */
    nextDueAt: moment("next_due_at"),
    /** Until then a claim must not move `next_due_at` forward: a publish that began before may still commit. */
    hotUntil: moment("hot_until"),
    /**
     * When a claim last took something, or someone changed what it may take. It is in no index, because every claim
     * changes it.
     */
    claimedAt: moment("claimed_at").notNull().defaultNow(),
  },
  // Endpoints ready for a claim.
  (table) => [
    index("endpoint_states_due").on(table.nextDueAt, table.endpointId).where(sql`disabled_at is null`),
  ],
);

/** Figures of an endpoint by hour. First attempts are counted separately, so that retries do not distort the rate. */
export const endpointHours = pgTable(
  "endpoint_hours",
  {
    endpointId: uuid("endpoint_id").notNull(),
    hour: moment("hour").notNull(),
    attempts: integer("attempts").notNull(),
    succeeded: integer("succeeded").notNull(),
    firstAttempts: integer("first_attempts").notNull(),
    firstSucceeded: integer("first_succeeded").notNull(),
    /** Attempts by latency: one number per bucket of `latencyBucketsMs`, and one for slower attempts. */
    latency: integer("latency").array().notNull(),
    lastAttemptAt: moment("last_attempt_at").notNull(),
    /** `null` if none succeeded, or if an older version counted it. */
    lastSuccessAt: moment("last_success_at"),
  },
  (table) => [
    // One row per endpoint and hour; also the last 24 hours of an endpoint.
    primaryKey({ columns: [table.endpointId, table.hour] }),
  ],
);

/**
 * Changes of an endpoint's state, written in the same transaction. Everything else (banners, emails, timelines) reads
 * these rows, so that each happens once per streak.
 */
export const endpointTransitions = pgTable(
  "endpoint_transitions",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    kind: text("kind", { enum: endpointTransitionKinds }).notNull(),
    consecutiveFailures: integer("consecutive_failures").notNull(),
    httpStatus: smallint("http_status"),
    error: text("error", { enum: attemptErrors }),
    /** Who or what disabled or enabled it; `null` if the kind says so. */
    cause: text("cause", { enum: causes }),
    actorId: uuid("actor_id"),
    /** The name at that time. */
    actorName: text("actor_name"),
    /** Whether its emails are written. */
    notified: boolean("notified").notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    // The timeline of a webhook: newest first.
    index("endpoint_transitions_endpoint").on(table.endpointId, table.id),
    // Changes in a workspace since a row that was read.
    index("endpoint_transitions_workspace").on(table.workspaceId, table.id),
    // Transitions that are not notified yet.
    index("endpoint_transitions_to_notify").on(table.id).where(sql`not notified`),
  ],
);
