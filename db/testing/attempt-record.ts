import { v7 } from "uuid";
import type { ClaimedDelivery } from "../queries/claim-deliveries";
import type { AttemptRecord } from "../queries/record-parameters";

/** A successful first attempt of no delivery in particular, but for what is given. */
export function succeededAttempt(given: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    id: "0198c0de-0000-7000-8000-000000000001",
    workspaceId: "workspace",
    deliveryId: "delivery",
    endpointId: "endpoint",
    token: "token",
    number: 1,
    trigger: "automatic",
    test: false,
    url: "https://example.com/hook",
    startedAt: "2026-11-20T12:00:00.000Z",
    durationMs: 20,
    httpStatus: 200,
    error: null,
    errorDetail: null,
    signature: null,
    version: null,
    requestHeaders: null,
    responseHeaders: null,
    responseBody: null,
    responseTruncated: false,
    connection: null,
    status: "succeeded",
    dueAt: null,
    failureGroup: null,
    retryAfter: null,
    ...given,
  };
}

/** An attempt of a claimed delivery that has just succeeded, but for what is given. */
export function attemptRecord(claimed: ClaimedDelivery, given: Partial<AttemptRecord> = {}): AttemptRecord {
  return succeededAttempt({
    id: v7(),
    workspaceId: claimed.workspaceId,
    deliveryId: claimed.id,
    endpointId: claimed.endpointId,
    token: claimed.token,
    number: claimed.attempts + 1,
    trigger: claimed.trigger,
    test: claimed.test,
    url: claimed.url,
    startedAt: new Date().toISOString(),
    durationMs: 1,
    requestHeaders: {},
    responseHeaders: {},
    ...given,
  });
}
