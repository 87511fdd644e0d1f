import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { describeDatabaseError } from "../platform/describe-database-error";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { AttemptFailure, isAttemptFailure } from "./attempt-failure";
import { attemptSpan, spanResult } from "./attempt-span";
import { classify } from "./classify";
import { decideOutcome } from "./decide";
import { retryAfter } from "./decide/retry-after";
import { agent } from "./http-client/agent";
import { prepare } from "./prepare";
import { toRecord } from "./record";
import { selfTestTarget } from "./self-test-receiver";
import { type Exchange, send, unsent } from "./send";
import { type SignedRequest, sign } from "./sign";

/**
 * Sends a claimed delivery once and returns what to record: prepare, sign, send, classify, decide. All attempts go
 * this way: of the schedule, manual, of a replay, of a test. A failure to prepare or sign is an attempt, too, which
 * failed before anything was sent.
 *
 * @throws the database's error if it prevents reading the installation's key: this says nothing about the webhook
 */
export async function attempt(delivery: ClaimedDelivery): Promise<AttemptRecord> {
  const startedAt = new Date();
  const span = attemptSpan(delivery);
  const traceparent = span?.traceparent ?? delivery.traceparent;
  const { request, exchange } = await makeRequest(delivery, startedAt, traceparent);
  const result = classify(exchange, delivery.url);
  span?.end(spanResult(result));
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
    { scale: settings().retryScale, random: Math.random() },
  );
  return toRecord({ delivery, startedAt, request, result, outcome, retryAfter: askedToWait });
}

/** The exchange, and the request unless it could not be prepared or signed. */
async function makeRequest(
  delivery: ClaimedDelivery,
  startedAt: Date,
  traceparent: string | null,
): Promise<{ request: SignedRequest | null; exchange: Exchange }> {
  let request: SignedRequest;
  try {
    request = await sign(prepare(delivery, startedAt, traceparent), delivery);
  } catch (error) {
    if (describeDatabaseError(error)) throw error;
    const about = { error, delivery: delivery.id, endpoint: delivery.endpointId };
    log().warn(about, "a request could not be prepared");
    const failure = isAttemptFailure(error) ? error : new AttemptFailure("signing_failed", String(error));
    return { request: null, exchange: unsent(failure) };
  }
  const selfTest = selfTestTarget(request.url);
  const { url, agent: by } = (selfTest && (await selfTest)) ?? {
    url: request.url,
    agent: agent(settings().privateTargets),
  };
  const { headers, body } = request;
  return { request, exchange: await send({ url, headers, body }, { agent: by }) };
}
