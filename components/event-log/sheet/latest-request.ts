import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { requestHeaders } from "@/lib/core/request-headers";

type Sent = Pick<
  DeliveryDetailOutput,
  "id" | "type" | "test" | "timestamp" | "payload" | "endpoint" | "attemptLog"
>;

/** The request of the last attempt; before the first one, what is already known of it. */
export function latestRequest(delivery: Sent) {
  const [last] = delivery.attemptLog;
  return {
    url: last?.url ?? delivery.endpoint.url,
    headers: last?.request.headers ?? firstHeaders(delivery),
    body: delivery.payload,
  };
}

/** Without what only the server knows: signatures, custom headers and its version. */
function firstHeaders({ id, type, test, timestamp }: Sent): Record<string, string> {
  const { "user-agent": _, ...headers } = requestHeaders({
    id,
    type,
    test,
    number: 1,
    timestamp: Math.floor(Date.parse(timestamp) / 1_000),
    customHeaders: {},
    signatures: {},
    version: "",
  });
  return headers;
}
