import type { AttemptRow, DeliveryRow } from "@/db/queries/deliveries";
import type { AttemptOutput, DeliveryOutput, TimingsOutput } from "../contract/deliveries";
import type { DeliveryStatus } from "../core/deliveries";
import { toPublicId } from "../core/ids";
import { requestHeaders } from "../core/request-headers";
import { timeOfId } from "../core/time-of-id.mjs";
import type { Timings } from "../delivery/http-client/exchange-trace";
import { readConnection } from "../delivery/record/connection-bytes";

/** `held` is derived: pending while its webhook is disabled, or kept for later. */
export function statusOf(row: Pick<DeliveryRow, "status" | "held">): DeliveryStatus {
  return row.held ? "held" : row.status;
}

export function presentDelivery(row: DeliveryRow): DeliveryOutput {
  const status = statusOf(row);
  const next = row.requestedAt ?? (status === "pending" ? row.dueAt : null);
  return {
    id: toPublicId("delivery", row.id),
    eventId: toPublicId("event", row.eventId),
    endpointId: toPublicId("endpoint", row.endpointId),
    type: row.type,
    test: row.test,
    status,
    inFlight: row.leased || row.requestedAt !== null,
    attempts: row.attempts,
    httpStatus: row.httpStatus,
    error: row.error,
    errorDetail: row.errorDetail,
    durationMs: row.durationMs,
    nextAttemptAt: next?.toISOString() ?? null,
    createdAt: timeOfId(row.id).toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
  };
}

/** An attempt, with the fields that come from its delivery. */
type PresentableAttempt = AttemptRow & Pick<DeliveryRow, "type" | "test">;

/** All headers that were sent. An attempt that was not signed, or made by an older Posthorn, has them stored. */
function headersOf({ signature, version, ...row }: PresentableAttempt): Record<string, string> {
  if (signature === null || version === null) return row.requestHeaders ?? {};
  return requestHeaders({
    ...row,
    id: toPublicId("delivery", row.deliveryId),
    timestamp: Math.floor(row.startedAt.getTime() / 1_000),
    customHeaders: row.requestHeaders ?? {},
    signatures: { "webhook-signature": signature },
    version,
  });
}

/** An attempt, without the receiver's response if `withBody` is false, because it may repeat the event's data. */
export function presentAttempt(row: PresentableAttempt, { withBody = true } = {}): AttemptOutput {
  const connection = readConnection(row.connection, row.durationMs);
  return {
    id: toPublicId("attempt", row.id),
    number: row.number,
    trigger: row.trigger,
    url: row.url,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    httpStatus: row.httpStatus,
    error: row.error,
    errorDetail: row.errorDetail,
    remoteAddress: connection?.peer.address ?? null,
    certificateExpiresAt: connection?.peer.certificateExpiresAt?.toISOString() ?? null,
    timings: connection && presentTimings(connection.timings),
    request: { headers: headersOf(row) },
    response: row.responseHeaders
      ? {
          headers: row.responseHeaders,
          body: withBody ? (row.responseBody?.toString("utf8") ?? "") : null,
          truncated: row.responseTruncated,
        }
      : null,
  };
}

function presentTimings({ dns, connect, tls, wait, read }: Timings): TimingsOutput {
  return { dnsMs: dns, connectMs: connect, tlsMs: tls, waitMs: wait, readMs: read };
}
