import { and, count, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { msOfId } from "../fragments/time-of-id.mjs";
import { deliveryLog, deliveryQueue, endpointStates, endpoints } from "../schema";
import { type DeliveryFilter, deliveryMatches, held, ownPlace } from "./deliveries";

/** The most deliveries that are read for a filter without stored counts, newest first. */
export const scannedMax = 20_000;
/** The most if the payload of each is read. */
const readMax = 2_000;

export type ScannedCount = {
  bucket: Date;
  status: "waiting" | "retrying" | "held" | "succeeded" | "failed" | "discarded";
  n: number;
};

const status = sql<ScannedCount["status"]>`case
  when ${held} then 'held'
  when delivery_log.status <> 'pending' then delivery_log.status
  when delivery_log.attempts = 0 then 'waiting' else 'retrying' end`;

/**
 * Counts the newest deliveries of a range that match a filter, by bucket of creation and status.
 *
 * @returns also how far back it has read, if it has not read the whole range
 */
export async function scanHistogram(
  db: Queryable,
  params: { filter: DeliveryFilter; bucketMs: number },
): Promise<{ counts: ScannedCount[]; lookedBackTo: Date | null }> {
  const { filter, bucketMs } = params;
  const max = filter.search?.payload ? readMax : scannedMax;
  const newest = db
    .select()
    .from(deliveryLog)
    .where(isInRange(filter))
    .orderBy(desc(deliveryLog.id))
    .limit(max)
    .as("delivery_log");
  const bucket = sql<number>`floor(${sql.raw(msOfId("delivery_log.id"))} / ${bucketMs}::float8) * ${bucketMs}::float8`;
  const [rows, [oldest]] = await Promise.all([
    db
      .select({ bucket, status, n: count() })
      .from(newest)
      .innerJoin(endpointStates, eq(endpointStates.endpointId, deliveryLog.endpointId))
      .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
      .leftJoin(deliveryQueue, ownPlace)
      .where(deliveryMatches(db, filter))
      .groupBy(sql`1`, sql`2`),
    db
      .select({ ms: sql<number>`${sql.raw(msOfId("delivery_log.id"))}::float8` })
      .from(deliveryLog)
      .where(isInRange(filter))
      .orderBy(desc(deliveryLog.id))
      .offset(max - 1)
      .limit(1),
  ]);
  return {
    counts: rows.map((row) => ({ ...row, bucket: new Date(row.bucket) })),
    lookedBackTo: oldest ? new Date(oldest.ms) : null,
  };
}

/** What the scan reads in the order of an index. */
function isInRange({ workspaceId, endpointIds, eventIds, fromId, belowId }: DeliveryFilter): SQL | undefined {
  return and(
    eq(deliveryLog.workspaceId, workspaceId),
    eq(deliveryLog.listed, true),
    endpointIds ? inArray(deliveryLog.endpointId, endpointIds) : undefined,
    eventIds ? inArray(deliveryLog.eventId, eventIds) : undefined,
    fromId ? gte(deliveryLog.id, fromId) : undefined,
    belowId ? lt(deliveryLog.id, belowId) : undefined,
  );
}
