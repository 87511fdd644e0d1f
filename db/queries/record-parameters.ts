import type { AttemptError, AttemptTrigger, StoredDeliveryStatus } from "../../lib/core/deliveries";
import type { EndpointResults } from "./endpoint-states";
import { rowParameters, withoutSeparators } from "./row-parameters";

/** A finished attempt, and the delivery's status after it. */
export type AttemptRecord = {
  id: string;
  workspaceId: string;
  deliveryId: string;
  endpointId: string;
  token: string;
  number: number;
  trigger: AttemptTrigger;
  test: boolean;
  url: string;
  /** RFC 3339. */
  startedAt: string;
  durationMs: number;
  httpStatus: number | null;
  error: AttemptError | null;
  errorDetail: string | null;
  /** Of the request; `null` if it could not be signed; then `requestHeaders` has all headers. */
  signature: string | null;
  /** The version of Posthorn. */
  version: string | null;
  /** Headers that the delivery and the signature do not determine; `null` if there are none. */
  requestHeaders: Record<string, string> | null;
  responseHeaders: Record<string, string> | null;
  responseBody: Buffer | null;
  responseTruncated: boolean;
  /** The timings and the peer: see `connection-bytes.ts`; `null` if nothing was dialled. */
  connection: Buffer | null;
  /** `null`: the delivery keeps its status. */
  status: StoredDeliveryStatus | null;
  /** The new due time by this process's clock, `null` for none, `"keep"` for no change. */
  dueAt: string | null | "keep";
  /** The kind of its failure; `null` for a success, and for tests. */
  failureGroup: string | null;
  /** RFC 3339: the receiver asked for no requests until then; `null` if it did not. */
  retryAfter: string | null;
};

/** Figures to add to an endpoint's hour. */
export type HourDelta = {
  endpointId: string;
  hour: string;
  attempts: number;
  succeeded: number;
  firstAttempts: number;
  firstSucceeded: number;
  latency: number[];
  lastAttemptAt: string;
  lastSuccessAt: string | null;
};

type Column = [type: string, cell: (record: AttemptRecord) => string | number | boolean | null];
/** The row of a successful attempt, besides the lease under which it was made. */
const succeededColumns: Record<string, Column> = {
  id: ["uuid", (one) => one.id],
  workspace_id: ["uuid", (one) => one.workspaceId],
  delivery_id: ["uuid", (one) => one.deliveryId],
  endpoint_id: ["uuid", (one) => one.endpointId],
  token: ["uuid", (one) => one.token],
  number: ["int", (one) => one.number],
  url: ["text", (one) => one.url],
  started_at: ["timestamptz", (one) => one.startedAt],
  duration_ms: ["int", (one) => one.durationMs],
  http_status: ["smallint", (one) => one.httpStatus],
  signature: ["text", (one) => one.signature],
  version: ["text", (one) => one.version],
  request_headers: ["json", (one) => one.requestHeaders && JSON.stringify(one.requestHeaders)],
  response_headers: ["json", (one) => one.responseHeaders && JSON.stringify(one.responseHeaders)],
  response_body: ["text", (one) => one.responseBody?.toString("base64") ?? null],
  response_truncated: ["boolean", (one) => one.responseTruncated],
  connection: ["text", (one) => one.connection?.toString("base64") ?? null],
};

export const succeededRows = rowParameters<AttemptRecord>("record", succeededColumns);
export const recordRows = rowParameters<AttemptRecord>("record", {
  ...succeededColumns,
  trigger: ["text", (one) => one.trigger],
  error: ["text", (one) => one.error],
  error_detail: ["text", (one) => one.errorDetail && withoutSeparators(one.errorDetail)],
  status: ["text", (one) => one.status],
  due_at: ["timestamptz", (one) => (one.dueAt === "keep" ? null : one.dueAt)],
  keep_due: ["boolean", (one) => one.dueAt === "keep"],
  failure_group: ["uuid", (one) => one.failureGroup],
});

type LeaseKey = Pick<AttemptRecord, "endpointId" | "token">;
export const leaseRows = rowParameters<LeaseKey>("lease", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  token: ["uuid", (one) => one.token],
});

/** The leases of records, each once, sorted, so that two processes that lock them cannot deadlock. */
export function leasesOf(records: AttemptRecord[]): LeaseKey[] {
  const leases = new Map(records.map((one) => [`${one.endpointId} ${one.token}`, one]));
  return [...leases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lease]) => lease);
}

export const hourColumns = rowParameters<HourDelta>("hour", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  hour: ["timestamptz", (one) => one.hour],
  attempts: ["int", (one) => one.attempts],
  succeeded: ["int", (one) => one.succeeded],
  first_attempts: ["int", (one) => one.firstAttempts],
  first_succeeded: ["int", (one) => one.firstSucceeded],
  latency: ["text", (one) => `{${one.latency.join(",")}}`],
  last_attempt_at: ["timestamptz", (one) => one.lastAttemptAt],
  last_success_at: ["timestamptz", (one) => one.lastSuccessAt],
});

export const healthyColumns = rowParameters<EndpointResults>("healthy", {
  id: ["uuid", (one) => one.endpointId],
});
