import type { Queryable } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import {
  type Buckets,
  findOpen,
  findOutcomes,
  type Open,
  type Outcomes,
} from "@/db/queries/delivery-outcomes";
import {
  countAttempts,
  countHeld,
  type EndpointRow,
  findLastAttempts,
  findLastSuccesses,
  type HeldCount,
} from "@/db/queries/endpoints";
import { findWaiting, type Waiting } from "@/db/queries/waiting-deliveries";
import type { EndpointOutput } from "../contract/endpoints";
import { waitingCountMax } from "../core/endpoints";
import { presentHealth } from "./present-health";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

/** How a webhook does in numbers, the same in the API, on the pages and in emails. */
export type EndpointFigures = Pick<
  EndpointOutput,
  "held" | "waiting" | "health24h" | "lastDeliveryAt" | "lastSuccessAt"
>;

/** What became of deliveries, by webhook and hour. */
type HourCounts = (Outcomes | Open)[];
/** What has been counted for something else: of these webhooks and hours, and maybe of others. */
export type KnownFigures = { counts: HourCounts; held: readonly HeldCount[] };

/**
 * Figures of a workspace's webhooks, those of the last 24 hours among them: seven queries, however many rows.
 */
export async function readEndpointFigures(
  db: Queryable,
  params: { workspaceId: string; rows: readonly EndpointRow[]; now: Date; known?: KnownFigures | undefined },
): Promise<(row: EndpointRow) => EndpointFigures> {
  const ids = params.rows.map((row) => row.id);
  const since = new Date(Math.floor((params.now.getTime() - dayMs) / hourMs + 1) * hourMs);
  const buckets = {
    workspaceId: params.workspaceId,
    endpointIds: ids,
    from: since,
    to: new Date(since.getTime() + dayMs),
    bucketMs: hourMs,
  };
  const [requests, counts, lastAttempts, lastSuccesses, held, waiting] = await Promise.all([
    countAttempts(db, { ids, since }),
    params.known?.counts.filter(({ bucket }) => bucket >= since) ?? countHours(buckets),
    findLastAttempts(db, ids),
    findLastSuccesses(db, ids),
    params.known?.held ?? countHeld(db, ids),
    findWaiting(db, ids),
  ]);
  const countsOf = new Map<string, HourCounts>();
  for (const one of counts) countsOf.set(one.endpointId, [...(countsOf.get(one.endpointId) ?? []), one]);
  return (row) => {
    const isOwn = ({ endpointId }: { endpointId: string }) => endpointId === row.id;
    return {
      held: held.find(isOwn)?.n ?? 0,
      waiting: presentWaiting(waiting.find(isOwn)),
      health24h: {
        ...presentHealth(countsOf.get(row.id) ?? [], { failing: row.consecutiveFailures > 0 }),
        requests: requests.find(isOwn)?.attempts ?? 0,
      },
      lastDeliveryAt: lastAttempts.find(isOwn)?.at.toISOString() ?? null,
      lastSuccessAt: lastSuccesses.find(isOwn)?.at.toISOString() ?? null,
    };
  };
}

async function countHours(buckets: Buckets): Promise<HourCounts> {
  const { sql } = database();
  const [ended, { open }] = await Promise.all([findOutcomes(sql, buckets), findOpen(sql, buckets)]);
  return [...ended, ...open];
}

function presentWaiting(found: Waiting | undefined): EndpointOutput["waiting"] {
  if (!found) return null;
  const { n, oldestAt } = found;
  return { count: Math.min(n, waitingCountMax), more: n > waitingCountMax, oldestAt: oldestAt.toISOString() };
}
