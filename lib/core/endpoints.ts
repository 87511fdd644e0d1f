/** Kinds of signature. Each is handled in lib/signatures; a new member breaks compilation until it is. */
export const signatureKinds = ["hmac", "ed25519", "jwt"] as const;
export type SignatureKind = (typeof signatureKinds)[number];

export const endpointStatuses = ["enabled", "failing", "disabled"] as const;

/** What of a failed attempt is retried: every failure, or only a 5xx and no response at all. */
export const retriedFailures = ["any", "5xx"] as const;
/** `retries` null: until delivered. */
export type RetryPolicy = { retries: number | null; retryOn: (typeof retriedFailures)[number] };
export const retryPolicyDefault: RetryPolicy = { retries: null, retryOn: "any" };
/** Retries a policy may name at most. */
export const policyRetriesMax = 20;

/** Events a second a limit may allow. */
export const rateLimitMax = 1_000;

/** Deliveries that wait for an endpoint are counted up to this number. */
export const waitingCountMax = 10_000;

/** Requests in flight to one endpoint at a time. */
export const endpointConcurrencyDefault = 10;

/** Headers that concern one connection, and say nothing about the request or the response (RFC 9110, section 7.6.1). */
export const connectionHeaders = [
  "connection",
  "transfer-encoding",
  "te",
  "upgrade",
  "keep-alive",
  "trailer",
  "proxy-connection",
] as const;

/** Headers that a custom header may not replace: ours, those that HTTP itself needs (RFC 9110, 9112), and the trace's. */
export const reservedHeaders = [
  "content-type",
  "content-length",
  "user-agent",
  "host",
  "expect",
  "traceparent",
  ...connectionHeaders,
] as const;

/** Prefixes of header names kept for Posthorn and Standard Webhooks. */
export const reservedHeaderPrefixes = ["webhook-", "posthorn-"] as const;
