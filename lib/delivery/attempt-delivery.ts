import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import type { AttemptRecord } from "@/db/queries/record-attempts";
import { newId } from "../core/ids";
import { describeDatabaseError } from "../platform/describe-database-error";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { agent } from "./agent";
import { AttemptFailure, isAttemptFailure } from "./attempt-failure";
import { buildHeaders, loggedHeaders, loggedResult } from "./build-request";
import { decideOutcome } from "./decide-outcome";
import { retryAfter } from "./retry-after";
import { type AttemptResult, failedAttempt, sendAttempt } from "./send-attempt";
import { withoutConnectionHeaders } from "./without-connection-headers";

/**
 * Sends a claimed delivery once and says what is to be recorded. What cannot be prepared or signed is an attempt, too,
 * that failed before anything was sent.
 *
 * @throws the database's error where that keeps the installation's key back: nothing about the webhook is known
 */
export async function attemptDelivery(delivery: ClaimedDelivery): Promise<AttemptRecord> {
  const { retryScale } = settings();
  const { headers, ...result } = await prepareAndSend(delivery);
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
  const logged = loggedResult(delivery, headers, result);
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
    errorDetail: logged.errorDetail,
    ...loggedHeaders(delivery, headers),
    responseHeaders: logged.responseHeaders && withoutConnectionHeaders(logged.responseHeaders),
    responseBody: logged.responseBody,
    responseTruncated: result.responseTruncated,
    status: outcome.status,
    dueAt: outcome.dueAt instanceof Date ? outcome.dueAt.toISOString() : outcome.dueAt,
    retryAfter: askedToWait?.toISOString() ?? null,
  };
}

async function prepareAndSend(
  delivery: ClaimedDelivery,
): Promise<AttemptResult & { headers: Record<string, string> }> {
  const startedAt = new Date();
  let headers: Record<string, string>;
  try {
    headers = await buildHeaders(delivery, startedAt);
  } catch (error) {
    if (describeDatabaseError(error)) throw error;
    const about = { error, delivery: delivery.id, endpoint: delivery.endpointId };
    log().warn(about, "a request could not be prepared");
    const failure = isAttemptFailure(error) ? error : new AttemptFailure("signing_failed", String(error));
    return { headers: {}, ...failedAttempt(failure, { startedAt, durationMs: 0 }) };
  }
  const { url, body } = delivery;
  const result = await sendAttempt({ agent: agent(settings().privateTargets), url, headers, body });
  // The log makes `webhook-timestamp` from it again.
  return { headers, ...result, startedAt };
}
