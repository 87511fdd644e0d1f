import type { AttemptRecord } from "@/db/queries/record-attempts";

/** A successful first attempt, but for what a test says of it. */
export function attemptRecord(change: Partial<AttemptRecord> = {}): AttemptRecord {
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
    status: "succeeded",
    dueAt: null,
    retryAfter: null,
    ...change,
  };
}
