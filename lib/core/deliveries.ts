export const endedDeliveryStatuses = ["succeeded", "failed", "discarded"] as const;
/** Stored statuses. `held` is derived from the endpoint's state and never stored. */
export const storedDeliveryStatuses = ["pending", ...endedDeliveryStatuses] as const;
export const deliveryStatuses = ["pending", "held", "succeeded", "failed", "discarded"] as const;
export type StoredDeliveryStatus = (typeof storedDeliveryStatuses)[number];
export type DeliveryStatus = (typeof deliveryStatuses)[number];
/** What a log can be filtered by: a pending delivery is `waiting` until its first attempt, and `retrying` from then on. */
export const deliveryStatusFilters = [
  "pending",
  "waiting",
  "retrying",
  "held",
  ...endedDeliveryStatuses,
] as const;
export type DeliveryStatusFilter = (typeof deliveryStatusFilters)[number];
/** Pending or held, so that the delivery is on the queue. */
export const openDeliveryStatusFilters = ["pending", "waiting", "retrying", "held"] as const;

/** The statuses that are counted: each delivery has exactly one. */
export const countedStatuses = ["waiting", "retrying", "failed", "held", "succeeded", "discarded"] as const;

/** Deliveries of a status are counted up to this number. */
export const countedDeliveriesMax = 10_000;

/** What triggered an attempt. */
export const attemptTriggers = ["automatic", "manual", "replay", "test", "probe"] as const;
export type AttemptTrigger = (typeof attemptTriggers)[number];

/** Why an attempt got no response; `signing_failed`: the request could not be prepared. */
export const attemptErrors = [
  "dns_not_found",
  "connection_refused",
  "connection_reset",
  "tls_error",
  "timeout",
  "blocked_address",
  "invalid_response",
  "signing_failed",
] as const;
export type AttemptError = (typeof attemptErrors)[number];

/** Why a delivery will not be sent. */
export const discardReasons = [
  "endpoint_deleted",
  "endpoint_disabled",
  "by_person",
  "held_past_retention",
] as const;
export type DiscardReason = (typeof discardReasons)[number];

/** Upper bounds of the latency histogram's buckets, in milliseconds; the last bucket is open. */
export const latencyBucketsMs = [10, 25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 15_000] as const;

/** For an operator: what happened, and what to do about it. */
export const attemptErrorTexts: Record<AttemptError, { title: string; advice: string }> = {
  dns_not_found: {
    title: "The host name was not found",
    advice: "Check the host in the webhook's URL, or wait until its DNS record exists.",
  },
  connection_refused: {
    title: "The server refused the connection",
    advice: "Nothing listens at that address and port. Is the receiver running?",
  },
  connection_reset: {
    title: "The server closed the connection without a response",
    advice: "Look for a crash, a proxy or a firewall in front of the receiver.",
  },
  tls_error: {
    title: "No secure connection could be made",
    advice: "Renew or replace the receiver's certificate.",
  },
  timeout: {
    title: "No complete response within 15 seconds",
    advice: "Answer 2xx at once, and do the work afterwards.",
  },
  blocked_address: {
    title: "Posthorn does not send to this address",
    advice:
      "Use a host that resolves to public addresses only, over https. For development, POSTHORN_ALLOW_PRIVATE_TARGETS=1 lifts this.",
  },
  invalid_response: {
    title: "The response was not valid HTTP",
    advice: "Check that an HTTP server listens at that address and port.",
  },
  signing_failed: {
    title: "The request could not be prepared, so nothing was sent",
    advice:
      "Start Posthorn with the POSTHORN_ENCRYPTION_KEY that the webhook's secret and headers were encrypted with; or rotate the webhook's token and enter its custom headers again.",
  },
};

/** Errors whose detail is the cause in a sentence; the detail of the others is the system's message. */
const wordedErrors: ReadonlySet<AttemptError> = new Set(["tls_error", "blocked_address", "signing_failed"]);
export const hasWordedDetail = (error: AttemptError): boolean => wordedErrors.has(error);

/** What went wrong and what to do, with the detail as the title if that says it in words. */
export function describeAttemptError(
  error: AttemptError,
  detail: string | null,
): { title: string; advice: string } {
  const texts = attemptErrorTexts[error];
  return detail && hasWordedDetail(error) ? { title: detail, advice: texts.advice } : texts;
}
