import { countHeld, type EndpointRow, findEndpointHours, findLastAttempts } from "@/db/queries/endpoints";
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
import { presentSignatures } from "./present-signatures";

const dayMs = 24 * 60 * 60 * 1_000;

/** Rows as the API shows them, with the figures of the last 24 hours: six queries, however many rows. */
export async function presentEndpoints(ctx: Context, rows: EndpointRow[]): Promise<EndpointOutput[]> {
  const ids = rows.map((row) => row.id);
  const at = { scale: settings().retryScale, now: new Date() };
  const [hours, lastAttempts, held, waiting, connections, signaturesOf] = await Promise.all([
    findEndpointHours(ctx.db, { ids, since: new Date(Date.now() - dayMs) }),
    findLastAttempts(ctx.db, ids),
    countHeld(ctx.db, ids),
    findWaiting(ctx.db, ids),
    findLastConnections(ctx.db, ids),
    presentSignatures(ctx.db, ids),
  ]);
  return rows.map((row) => {
    const disabledCause = causeFrom(row.disabledCause, row.disabledActorName);
    const own = hours.filter((hour) => hour.endpointId === row.id);
    const requests = own.reduce((sum, hour) => sum + hour.attempts, 0);
    const succeeded = own.reduce((sum, hour) => sum + hour.succeeded, 0);
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
        requests,
        succeeded,
        successRate: requests === 0 ? null : succeeded / requests,
        hours: own.map((hour) => ({
          hour: hour.hour.toISOString(),
          succeeded: hour.succeeded,
          failed: hour.attempts - hour.succeeded,
        })),
      },
      certificateExpiresAt: certificateEnd(
        row.url,
        connections.find((one) => one.endpointId === row.id),
      ),
      lastDeliveryAt: lastAttempts.find((last) => last.endpointId === row.id)?.at.toISOString() ?? null,
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
