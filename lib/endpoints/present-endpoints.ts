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
} from "@/db/queries/endpoints";
import { findLastConnections } from "@/db/queries/find-last-connections";
import { findWaiting, type Waiting } from "@/db/queries/waiting-deliveries";
import type { EndpointOutput } from "../contract/endpoints";
import { causeFrom, describeCause } from "../core/describe-cause";
import { waitingCountMax } from "../core/endpoints";
import { toPublicId } from "../core/ids";
import { readConnection } from "../delivery/record/connection-bytes";
import { settings } from "../platform/env";
import type { Context } from "../verbs/context";
import { versionOf } from "../verbs/version";
import { estimateDisabling } from "./estimate-disabling";
import { presentFailure } from "./present-failure";
import { presentHealth } from "./present-health";
import { presentSignatures } from "./present-signatures";

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

/** What became of deliveries, by webhook and hour. */
export type HourCounts = (Outcomes | Open)[];

/**
 * Rows as the API shows them, with the figures of the last 24 hours: nine queries, however many rows.
 *
 * @param known of these hours and maybe of others, if they have been counted for something else
 */
export async function presentEndpoints(
  ctx: Context,
  rows: EndpointRow[],
  known?: HourCounts,
): Promise<EndpointOutput[]> {
  const ids = rows.map((row) => row.id);
  const at = { scale: settings().retryScale, now: new Date() };
  const since = new Date(Math.floor((at.now.getTime() - dayMs) / hourMs + 1) * hourMs);
  const buckets = {
    workspaceId: ctx.workspace.id,
    endpointIds: ids,
    from: since,
    to: new Date(since.getTime() + dayMs),
    bucketMs: hourMs,
  };
  const [requests, counts, lastAttempts, lastSuccesses, held, waiting, connections, signaturesOf] =
    await Promise.all([
      countAttempts(ctx.db, { ids, since }),
      known?.filter(({ bucket }) => bucket >= since) ?? countHours(buckets),
      findLastAttempts(ctx.db, ids),
      findLastSuccesses(ctx.db, ids),
      countHeld(ctx.db, ids),
      findWaiting(ctx.db, ids),
      findLastConnections(database().sql, ids),
      presentSignatures(ctx.db, ids),
    ]);
  const countsOf = new Map<string, HourCounts>();
  for (const one of counts) countsOf.set(one.endpointId, [...(countsOf.get(one.endpointId) ?? []), one]);
  return rows.map((row) => {
    const disabledCause = causeFrom(row.disabledCause, row.disabledActorName);
    const isOwn = ({ endpointId }: { endpointId: string }) => endpointId === row.id;
    return {
      id: toPublicId("endpoint", row.id),
      url: row.url,
      name: row.name,
      description: row.description,
      eventTypes: row.eventTypes,
      signature: row.signature,
      ...signaturesOf(row.id),
      headers: Object.keys(row.headers),
      retryPolicy: row.retryPolicy,
      rateLimit: row.rateLimit,
      status: statusOf(row),
      consecutiveFailures: row.consecutiveFailures,
      failingSince: row.failingSince?.toISOString() ?? null,
      nextProbeAt: row.disabledAt ? null : (row.nextProbeAt?.toISOString() ?? null),
      disablesAt: row.disabledAt ? null : (estimateDisabling(row, at)?.toISOString() ?? null),
      lastFailure: presentFailure(row),
      disabledAt: row.disabledAt?.toISOString() ?? null,
      disabledReason: describeCause(disabledCause),
      disabledCause,
      discardsWhileDisabled: row.discardsWhileDisabled,
      held: held.find((count) => count.endpointId === row.id)?.n ?? 0,
      waiting: presentWaiting(waiting.find((one) => one.endpointId === row.id)),
      health24h: {
        ...presentHealth(countsOf.get(row.id) ?? [], { failing: row.consecutiveFailures > 0 }),
        requests: requests.find(isOwn)?.attempts ?? 0,
      },
      certificateExpiresAt: certificateEnd(
        row.url,
        connections.find((one) => one.endpointId === row.id),
      ),
      lastDeliveryAt: lastAttempts.find(isOwn)?.at.toISOString() ?? null,
      lastSuccessAt: lastSuccesses.find(isOwn)?.at.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      version: endpointVersion(row),
    };
  });
}

async function countHours(buckets: Buckets): Promise<HourCounts> {
  const { sql } = database();
  const [ended, { open }] = await Promise.all([findOutcomes(sql, buckets), findOpen(sql, buckets)]);
  return [...ended, ...open];
}

/** `null` also if another server was connected to than the URL names by now. */
function certificateEnd(
  url: string,
  last: Awaited<ReturnType<typeof findLastConnections>>[number] | undefined,
): string | null {
  if (!last || new URL(last.url).origin !== new URL(url).origin) return null;
  const { peer } = readConnection(last.connection, last.durationMs) ?? {};
  return peer?.certificateExpiresAt?.toISOString() ?? null;
}

function presentWaiting(found: Waiting | undefined): EndpointOutput["waiting"] {
  if (!found) return null;
  const { n, oldestAt } = found;
  return { count: Math.min(n, waitingCountMax), more: n > waitingCountMax, oldestAt: oldestAt.toISOString() };
}

function statusOf(row: EndpointRow): EndpointOutput["status"] {
  if (row.disabledAt) return "disabled";
  return row.consecutiveFailures > 0 ? "failing" : "enabled";
}

/** The version of what people change of a webhook; header values are stored again with each change. */
export function endpointVersion(row: EndpointRow): string {
  const { url, name, description, eventTypes, signature, headers, retryPolicy, rateLimit } = row;
  return versionOf({ url, name, description, eventTypes, signature, headers, retryPolicy, rateLimit });
}
