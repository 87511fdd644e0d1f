import { and, desc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { msOfId } from "../fragments/time-of-id.mjs";
import { events } from "../schema";
import { typeKey } from "../schema/events";

/**
 * When an event happened, as its producer says (any year), or else when it was accepted. Read as milliseconds,
 * because JavaScript misreads some of PostgreSQL's date texts: year 50 becomes 1950, and time zone offsets of the
 * 19th century fail.
 */
export const happenedAt =
  sql`coalesce(extract(epoch from ${events.timestamp}) * 1000, ${sql.raw(msOfId("events.id"))})`.mapWith(
    (ms: string) => new Date(Math.round(Number(ms))),
  );

const row = {
  id: events.id,
  type: events.type,
  test: events.test,
  idempotencyKey: events.idempotencyKey,
  timestamp: happenedAt,
  deliveries: events.deliveries,
};

export type EventFilter = {
  workspaceId: string;
  /** If given, at least one. */
  types?: string[];
  /** Ids from (included) and below: a range of time. */
  fromId?: string;
  belowId?: string;
  ids?: string[];
  idempotencyKey?: string;
};

/** Published events that match, newest first, from below the cursor, without tests. */
export async function findEvents(
  db: Queryable,
  { types, ...params }: EventFilter & { limit: number; before: string | null },
) {
  if (!types) return findEventsOf(db, params);
  // The index has each type's events in order, but not those of several types together.
  const found = await Promise.all([...new Set(types)].map((type) => findEventsOf(db, { ...params, type })));
  return found
    .flat()
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, params.limit);
}

function findEventsOf(
  db: Queryable,
  params: Omit<EventFilter, "types"> & { type?: string; limit: number; before: string | null },
) {
  return db
    .select(row)
    .from(events)
    .where(
      and(
        params.type ? isOfType(params.workspaceId, params.type) : eq(events.workspaceId, params.workspaceId),
        eq(events.test, false),
        params.before ? lt(events.id, params.before) : undefined,
        params.fromId ? gte(events.id, params.fromId) : undefined,
        params.belowId ? lt(events.id, params.belowId) : undefined,
        params.ids ? inArray(events.id, params.ids) : undefined,
        params.idempotencyKey ? eq(events.idempotencyKey, params.idempotencyKey) : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(params.limit);
}
export type EventRow = Awaited<ReturnType<typeof findEvents>>[number];

/**
 * Found by the index of types. `coalesce` hides the comparisons from the planner, which would treat each as an
 * independent restriction, expect few rows, and sort all rows.
 */
function isOfType(workspaceId: string, type: string): SQL | undefined {
  return and(
    eq(typeKey(events.workspaceId, events.type), typeKey(workspaceId, type)),
    sql`coalesce(${eq(events.workspaceId, workspaceId)} and ${eq(events.type, type)}, false)`,
  );
}

export async function findEvent(db: Queryable, params: { workspaceId: string; id: string }) {
  const [found] = await db
    .select({ ...row, body: events.body })
    .from(events)
    .where(and(eq(events.workspaceId, params.workspaceId), eq(events.id, params.id)));
  return found ?? null;
}

/** The bodies of events, as they are sent, by event. */
export async function findBodies(
  db: Queryable,
  params: { workspaceId: string; ids: string[] },
): Promise<Map<string, string>> {
  const [first, last] = [params.ids.toSorted()[0], params.ids.toSorted().at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const found = await db
    .select({ id: events.id, body: events.body })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, params.workspaceId),
        inArray(events.id, params.ids),
        // Partitions of other weeks are not read.
        gte(events.id, first),
        lte(events.id, last),
      ),
    );
  return new Map(found.map(({ id, body }) => [id, body]));
}
