import { database } from "@/db/connection/database";
import { findOpen, findOutcomes } from "@/db/queries/delivery-outcomes";
import {
  countHeld,
  type EndpointRow,
  findEndpointHours,
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

/** Rows as the API shows them, with the figures of the last 24 hours: nine queries, however many rows. */
export async function presentEndpoints(ctx: Context, rows: EndpointRow[]): Promise<EndpointOutput[]> {
  const ids = rows.map((row) => row.id);
  const at = { scale: settings().retryScale, now: new Date() };
  const { sql } = database();
  const since = new Date(Math.floor((at.now.getTime() - dayMs) / hourMs + 1) * hourMs);
  const buckets = {
    workspaceId: ctx.workspace.id,
    endpointIds: ids,
    from: since,
    to: new Date(since.getTime() + dayMs),
    bucketMs: hourMs,
  };
  const [hours, outcomes, { open }, lastAttempts, lastSuccesses, held, waiting, connections, signaturesOf] =
    await Promise.all([
      findEndpointHours(ctx.db, { ids, since }),
      findOutcomes(sql, buckets),
      findOpen(sql, buckets),
      findLastAttempts(ctx.db, ids),
      findLastSuccesses(ctx.db, ids),
      countHeld(ctx.db, ids),
      findWaiting(ctx.db, ids),
      findLastConnections(ctx.db, ids),
      presentSignatures(ctx.db, ids),
    ]);
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
        ...presentHealth([...outcomes, ...open].filter(isOwn), { failing: row.consecutiveFailures > 0 }),
        requests: hours.filter(isOwn).reduce((sum, hour) => sum + hour.attempts, 0),
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
