import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import type { AttemptRecord } from "@/db/queries/record-attempts";
import { settings } from "../env";
import { newId } from "../ids";
import { agent } from "./agent";
import { buildHeaders, loggedHeaders } from "./build-request";
import { decideOutcome } from "./decide-outcome";
import { retryAfter } from "./retry-after";
import { sendAttempt } from "./send-attempt";

/** Sends a claimed delivery once and says what is to be recorded. Throws only where it cannot be signed. */
export async function attemptDelivery(delivery: ClaimedDelivery): Promise<AttemptRecord> {
  const headers = await buildHeaders(delivery, new Date());
  const { privateTargets, retryScale } = settings();
  const result = await sendAttempt({
    agent: agent(privateTargets),
    url: delivery.url,
    headers,
    body: delivery.body,
  });
  const finishedAt = new Date();
  const askedToWait = retryAfter(result, finishedAt);
  const outcome = decideOutcome(
    {
      trigger: delivery.trigger,
      httpStatus: result.httpStatus,
      pending: delivery.pending,
      automaticAttempts: delivery.automaticAttempts,
      policy: delivery.retryPolicy,
      finishedAt,
      retryAfter: askedToWait,
    },
    { scale: retryScale, random: Math.random() },
  );
  return {
    id: newId(),
    workspaceId: delivery.workspaceId,
    deliveryId: delivery.id,
    endpointId: delivery.endpointId,
    token: delivery.token,
    number: delivery.attempts + 1,
    trigger: delivery.trigger,
    test: delivery.test,
    url: delivery.url,
    startedAt: result.startedAt.toISOString(),
    durationMs: result.durationMs,
    httpStatus: result.httpStatus,
    error: result.error,
    errorDetail: result.errorDetail,
    requestHeaders: loggedHeaders(delivery, headers),
    responseHeaders: result.responseHeaders,
    responseBody: result.responseBody,
    responseTruncated: result.responseTruncated,
    status: outcome.status,
    dueAt: outcome.dueAt instanceof Date ? outcome.dueAt.toISOString() : outcome.dueAt,
    retryAfter: askedToWait?.toISOString() ?? null,
  };
}
