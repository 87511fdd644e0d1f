import { database } from "@/db/connection/database";
import type { EndpointRow } from "@/db/queries/endpoints";
import { findLastConnections } from "@/db/queries/find-last-connections";
import type { EndpointOutput } from "../contract/endpoints";
import { causeFrom, describeCause } from "../core/describe-cause";
import { toPublicId } from "../core/ids";
import { readConnection } from "../delivery/record/connection-bytes";
import { settings } from "../platform/env";
import type { Context } from "../verbs/context";
import { versionOf } from "../verbs/version";
import { estimateDisabling } from "./estimate-disabling";
import { presentFailure } from "./present-failure";
import { presentSignatures } from "./present-signatures";
import { type KnownFigures, readEndpointFigures } from "./read-endpoint-figures";

/**
 * Rows in the API's form, with the figures of the last 24 hours: nine queries, however many rows.
 */
export async function presentEndpoints(
  ctx: Context,
  rows: EndpointRow[],
  known?: KnownFigures,
): Promise<EndpointOutput[]> {
  const ids = rows.map((row) => row.id);
  const now = new Date();
  const at = { scale: settings().retryScale, now };
  const [figuresOf, connections, signaturesOf] = await Promise.all([
    readEndpointFigures(ctx.db, { workspaceId: ctx.workspace.id, rows, now, known }),
    findLastConnections(database().sql, ids),
    presentSignatures(ctx.db, ids),
  ]);
  return rows.map((row) => {
    const disabledCause = causeFrom(row.disabledCause, row.disabledActorName);
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
      ...figuresOf(row),
      certificateExpiresAt: certificateEnd(
        row.url,
        connections.find((one) => one.endpointId === row.id),
      ),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      version: endpointVersion(row),
    };
  });
}

/** `null` also if the last connection was to another server than the URL now names. */
function certificateEnd(
  url: string,
  last: Awaited<ReturnType<typeof findLastConnections>>[number] | undefined,
): string | null {
  if (!last || new URL(last.url).origin !== new URL(url).origin) return null;
  const { peer } = readConnection(last.connection, last.durationMs) ?? {};
  return peer?.certificateExpiresAt?.toISOString() ?? null;
}

function statusOf(row: EndpointRow): EndpointOutput["status"] {
  if (row.disabledAt) return "disabled";
  return row.consecutiveFailures > 0 ? "failing" : "enabled";
}

/** The version of what people change of a webhook; header values are stored anew with each change. */
export function endpointVersion(row: EndpointRow): string {
  const { url, name, description, eventTypes, signature, headers, retryPolicy, rateLimit } = row;
  return versionOf({ url, name, description, eventTypes, signature, headers, retryPolicy, rateLimit });
}
