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
    /** `null`: the workspace's. */
    retryPolicy: jsonb("retry_policy").$type<RetryPolicy>(),
    /** Events a second; `null` for no limit. */
    rateLimit: integer("rate_limit"),
    /** Rises when what was held is left for later: deliveries of an older generation are held. */
    generation: integer("generation").notNull().default(0),
    /** Chosen when it was disabled: what arrives meanwhile is discarded. */
    discardsWhileDisabled: boolean("discards_while_disabled").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    deletedAt: moment("deleted_at"),
  },
  // The list of webhooks, and the fan-out of published events.
  (table) => [index("endpoints_workspace").on(table.workspaceId, table.id).where(sql`deleted_at is null`)],
);

/** What requests are signed with: a row without `expires_at`, and those that sign beside it until then. */
export const endpointSecrets = pgTable(
  "endpoint_secrets",
  {
    id: uuid("id").primaryKey(),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: signatureKinds }).notNull(),
    /** The secret, encrypted; `null` for `jwt`, which the installation's own key signs. */
    ciphertext: text("ciphertext"),
    /** The key that verifies the signature, if it is not the secret itself: `whpk_…`. */
    publicKey: text("public_key"),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [
    // The secrets a request is signed with.
    index("endpoint_secrets_endpoint").on(table.endpointId, table.id),
    // One current secret an endpoint, however many rotate it at once.
    uniqueIndex("endpoint_secrets_current").on(table.endpointId).where(sql`expires_at is null`),
  ],
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
    /** Who or what disabled it; the name of an actor as it was then. */
    disabledCause: text("disabled_cause", { enum: causes }),
    disabledActorName: text("disabled_actor_name"),
    /** Failures in a row. Up to 5 any automatic attempt adds to it, from then on only a probe. */
    consecutiveFailures: integer("consecutive_failures").notNull().default(0),
    failingSince: moment("failing_since"),
    /** Of the last failure. */
    lastFailureAt: moment("last_failure_at"),
    lastFailureStatus: smallint("last_failure_status"),
    lastFailureError: text("last_failure_error", { enum: attemptErrors }),
    /** While it backs off: no probe earlier. */
    nextProbeAt: moment("next_probe_at"),
    /** The token of the one delivery that is sent as a probe, and until when its lease lasts. */
    probeToken: uuid("probe_token"),
    probeUntil: moment("probe_until"),
    /** Requests at a time while it recovers, doubling from 1; `null` when there is no need. */
    slowStart: integer("slow_start"),
    /** Attempts that its rate limit allows, as of `rate_at`. */
    rateTokens: doublePrecision("rate_tokens"),
    rateAt: moment("rate_at"),
    /** No delivery is due earlier, as far as is known; `null` when none is. Only a claim moves it forward. */
    nextDueAt: moment("next_due_at"),
    /** Until then a claim must not move `next_due_at` forward: a publish that began before may still commit. */
    hotUntil: moment("hot_until"),
    /** The last time that a claim took something, or somebody changed what it may take. In no index: it changes with each. */
    claimedAt: moment("claimed_at").notNull().defaultNow(),
  },
  // Endpoints ready for a claim.
  (table) => [
    index("endpoint_states_due").on(table.nextDueAt, table.endpointId).where(sql`disabled_at is null`),
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
    /** `null` if none succeeded, or an older version counted it. */
    lastSuccessAt: moment("last_success_at"),
  },
  (table) => [
    // One row an endpoint and hour; also the last 24 hours of an endpoint.
    primaryKey({ columns: [table.endpointId, table.hour] }),
  ],
);

/**
 * What changed an endpoint's state, written in the transaction that changed it: everything else (banners, emails,
 * timelines) reads these rows, so that each happens once in a streak.
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
    /** Who or what disabled or enabled it; `null` if the kind says it. */
    cause: text("cause", { enum: causes }),
    actorId: uuid("actor_id"),
    /** As it was then. */
    actorName: text("actor_name"),
    /** Whether the emails that it calls for are written. */
    notified: boolean("notified").notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    // The timeline of a webhook: newest first.
    index("endpoint_transitions_endpoint").on(table.endpointId, table.id),
    // What is new in a workspace since a row that was read.
    index("endpoint_transitions_workspace").on(table.workspaceId, table.id),
    // Transitions that are not notified yet.
    index("endpoint_transitions_to_notify").on(table.id).where(sql`not notified`),
  ],
);
