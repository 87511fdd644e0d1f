import { v7 } from "uuid";
import type { ClaimedDelivery } from "../queries/claim-deliveries";
import type { AttemptRecord } from "../queries/record-attempts";

/** An attempt of a claimed delivery that has just succeeded, but for what is given. */
export function attemptRecord(claimed: ClaimedDelivery, given: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
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
    httpStatus: 200,
    error: null,
    errorDetail: null,
    signature: null,
    version: null,
    requestHeaders: {},
    responseHeaders: {},
    responseBody: null,
    responseTruncated: false,
    status: "succeeded",
    dueAt: null,
    retryAfter: null,
    ...given,
  };
}
