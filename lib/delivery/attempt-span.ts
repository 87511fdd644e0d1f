import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import { isSuccess } from "../core/http-statuses";
import { toPublicId } from "../core/ids";
import type { OpenSpan } from "../telemetry/tracer";
import { tracer } from "../telemetry/tracing";
import type { AttemptResult } from "./classify";

/**
 * Opens the span of an attempt, as a child of its event's publishing; a test begins a trace. `null` if traces are
 * off, and for an event without a trace: one that was not sampled, or was published before.
 *
 * Of the webhook's URL only host and port are recorded, because the rest may be a credential.
 */
export function attemptSpan(delivery: ClaimedDelivery): OpenSpan | null {
  const { traceparent, test } = delivery;
  if (traceparent === null && !test) return null;
  return (
    tracer()?.start("deliver", {
      kind: "attempt",
      parent: traceparent,
      attributes: () => attributesOf(delivery),
    }) ?? null
  );
}

/** Ends the span: an answer other than a success is an error by its status. */
export function spanResult({ httpStatus, error }: AttemptResult): Parameters<OpenSpan["end"]>[0] {
  if (httpStatus === null) return { error };
  return {
    error: isSuccess(httpStatus) ? null : String(httpStatus),
    attributes: { "http.response.status_code": httpStatus },
  };
}

function attributesOf({ id, endpointId, eventId, type, trigger, attempts, url }: ClaimedDelivery) {
  const target = URL.canParse(url) ? new URL(url) : null;
  return {
    "http.request.method": "POST",
    "http.request.resend_count": attempts,
    "messaging.message.id": toPublicId("event", eventId),
    "posthorn.delivery.id": toPublicId("delivery", id),
    "posthorn.endpoint.id": toPublicId("endpoint", endpointId),
    "posthorn.event.type": type,
    "posthorn.attempt.number": attempts + 1,
    "posthorn.attempt.trigger": trigger,
    ...(target
      ? {
          "server.address": target.hostname,
          "server.port": Number(target.port) || (target.protocol === "https:" ? 443 : 80),
        }
      : {}),
  };
}
