import { and, count, desc, eq, gt, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import { latencyBucketsMs } from "../../lib/core/deliveries";
import type { Queryable } from "../connection/client";
import { countHeldOf } from "../fragments/count-held";
import { endpointHours, endpointSecrets, endpointStates, endpoints } from "../schema";

export type HeldCount = { endpointId: string; n: number };

type InWorkspace = { workspaceId: string; id: string };

const row = {
  id: endpoints.id,
  url: endpoints.url,
  name: endpoints.name,
  description: endpoints.description,
  eventTypes: endpoints.eventTypes,
  signature: endpoints.signature,
  headers: endpoints.headers,
  createdAt: endpoints.createdAt,
  updatedAt: endpoints.updatedAt,
  deletedAt: endpoints.deletedAt,
  disabledAt: endpointStates.disabledAt,
  disabledCause: endpointStates.disabledCause,
  disabledActorName: endpointStates.disabledActorName,
  retryPolicy: endpoints.retryPolicy,
  rateLimit: endpoints.rateLimit,
  generation: endpoints.generation,
  discardsWhileDisabled: endpoints.discardsWhileDisabled,
  consecutiveFailures: endpointStates.consecutiveFailures,
  failingSince: endpointStates.failingSince,
  nextProbeAt: endpointStates.nextProbeAt,
  lastFailureAt: endpointStates.lastFailureAt,
  lastFailureStatus: endpointStates.lastFailureStatus,
  lastFailureError: endpointStates.lastFailureError,
  lastFailureDetail: endpointStates.lastFailureDetail,
};

/** Webhooks that are not deleted, newest first, from below the cursor. */
export async function findEndpoints(
  db: Queryable,
  params: { workspaceId: string; limit: number; before: string | null },
) {
  return db
    .select(row)
    .from(endpoints)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, endpoints.id))
    .where(
      and(
        eq(endpoints.workspaceId, params.workspaceId),
        isNull(endpoints.deletedAt),
        params.before ? lt(endpoints.id, params.before) : undefined,
      ),
    )
    .orderBy(desc(endpoints.id))
    .limit(params.limit);
}
export type EndpointRow = Awaited<ReturnType<typeof findEndpoints>>[number];

/** One webhook; a deleted one only if `deletedToo` is set. With `forChange` it is locked until the transaction ends. */
export async function findEndpoint(
  db: Queryable,
  params: InWorkspace & { deletedToo?: boolean; forChange?: boolean },
) {
  const query = db
    .select(row)
    .from(endpoints)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, endpoints.id))
    .where(
      and(
        eq(endpoints.workspaceId, params.workspaceId),
        eq(endpoints.id, params.id),
        params.deletedToo ? undefined : isNull(endpoints.deletedAt),
      ),
    );
  const [found] = await (params.forChange ? query.for("no key update", { of: endpoints }) : query);
  return found ?? null;
}

/** Which of these ids belong to the workspace, including deleted endpoints. */
export async function findEndpointIds(
  db: Queryable,
  params: { workspaceId: string; ids: string[] },
): Promise<string[]> {
  if (params.ids.length === 0) return [];
  const found = await db
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, params.workspaceId), inArray(endpoints.id, params.ids)));
  return found.map(({ id }) => id);
}

export async function countEndpoints(db: Queryable, workspaceId: string): Promise<number> {
  const [found] = await db
    .select({ n: count() })
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, workspaceId), isNull(endpoints.deletedAt)));
  return found?.n ?? 0;
}

export async function insertEndpoint(
  db: Queryable,
  params: { endpoint: typeof endpoints.$inferInsert; secret: typeof endpointSecrets.$inferInsert },
): Promise<void> {
  await db.insert(endpoints).values(params.endpoint);
  await db.insert(endpointSecrets).values(params.secret);
  await db
    .insert(endpointStates)
    .values({ endpointId: params.endpoint.id, workspaceId: params.endpoint.workspaceId });
}

/** Changes the given fields; `false` if the workspace has no such webhook. */
export async function updateEndpoint(
  db: Queryable,
  params: InWorkspace & {
    set: Partial<
      Pick<
        typeof endpoints.$inferInsert,
        "url" | "name" | "description" | "eventTypes" | "signature" | "headers" | "retryPolicy" | "rateLimit"
      >
    >;
  },
): Promise<boolean> {
  const changed = await db
    .update(endpoints)
    .set({ ...params.set, updatedAt: sql`now()` })
    .where(
      and(
        eq(endpoints.workspaceId, params.workspaceId),
        eq(endpoints.id, params.id),
        isNull(endpoints.deletedAt),
      ),
    )
    .returning({ id: endpoints.id });
  return changed.length > 0;
}

/** The number of attempts of each webhook from `since` on; webhooks without attempts are left out. */
export async function countAttempts(db: Queryable, params: { ids: string[]; since: Date }) {
  if (params.ids.length === 0) return [];
  return db
    .select({
      endpointId: endpointHours.endpointId,
      attempts: sql<number>`sum(${endpointHours.attempts})::float8`,
    })
    .from(endpointHours)
    .where(and(inArray(endpointHours.endpointId, params.ids), gte(endpointHours.hour, params.since)))
    .groupBy(endpointHours.endpointId);
}

/** The time of each webhook's last attempt, without tests. */
export async function findLastAttempts(db: Queryable, ids: string[]) {
  if (ids.length === 0) return [];
  // One key lookup for each, however many hours there are.
  const last = db
    .select({ at: endpointHours.lastAttemptAt })
    .from(endpointHours)
    .where(eq(endpointHours.endpointId, endpoints.id))
    .orderBy(desc(endpointHours.hour))
    .limit(1)
    .as("last");
  return db
    .select({ endpointId: endpoints.id, at: last.at })
    .from(endpoints)
    .crossJoinLateral(last)
    .where(inArray(endpoints.id, ids));
}

/**
 * The time of each webhook's last 2xx answer, without tests. For an hour counted by an older version in which not all
 * attempts succeeded, only its start is known.
 */
export async function findLastSuccesses(db: Queryable, ids: string[]) {
  if (ids.length === 0) return [];
  const at = sql`coalesce(${endpointHours.lastSuccessAt},
    case when ${endpointHours.succeeded} = ${endpointHours.attempts} then ${endpointHours.lastAttemptAt}
      else ${endpointHours.hour} end)`.mapWith(endpointHours.lastAttemptAt);
  const last = db
    .select({ at: at.as("at") })
    .from(endpointHours)
    .where(and(eq(endpointHours.endpointId, endpoints.id), gt(endpointHours.succeeded, 0)))
    .orderBy(desc(endpointHours.hour))
    .limit(1)
    .as("last");
  return db
    .select({ endpointId: endpoints.id, at: last.at })
    .from(endpoints)
    .crossJoinLateral(last)
    .where(inArray(endpoints.id, ids));
}

/** Attempts by latency, by hour from `since` on, of all webhooks of a workspace or of one. */
export async function findLatencies(
  db: Queryable,
  params: { workspaceId: string; endpointId?: string; since: Date },
) {
  const places = Array.from(
    { length: latencyBucketsMs.length + 1 },
    (_, place) => sql`sum(${endpointHours.latency}[${sql.raw(String(place + 1))}])`,
  );
  return db
    .select({
      hour: endpointHours.hour,
      attempts: sql<number>`sum(${endpointHours.attempts})::float8`,
      latency: sql<number[]>`array[${sql.join(places, sql`, `)}]::int[]`,
    })
    .from(endpointHours)
    .innerJoin(endpoints, eq(endpoints.id, endpointHours.endpointId))
    .where(
      and(
        eq(endpoints.workspaceId, params.workspaceId),
        params.endpointId ? eq(endpoints.id, params.endpointId) : undefined,
        gte(endpointHours.hour, params.since),
      ),
    )
    .groupBy(endpointHours.hour);
}

/** The number of held deliveries of each given webhook that has any; tests are never held, as in the ledger. */
export async function countHeld(db: Queryable, ids: string[]): Promise<HeldCount[]> {
  if (ids.length === 0) return [];
  const n = sql.raw(countHeldOf({ state: "endpoint_states", endpoint: "endpoints" }));
  const counted = db
    .select({ endpointId: endpoints.id, n: sql<number>`${n}::float8`.as("n") })
    .from(endpoints)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, endpoints.id))
    .where(inArray(endpoints.id, ids))
    .offset(0)
    .as("counted");
  return db.select().from(counted).where(gt(counted.n, 0));
}
