/** Kinds of signature. Each is implemented in lib/signatures; a new kind does not compile until it is. */
export const signatureKinds = ["hmac", "ed25519", "jwt"] as const;
export type SignatureKind = (typeof signatureKinds)[number];

export const endpointStatuses = ["enabled", "failing", "disabled"] as const;

/** Which failed attempts are retried: all, or only those with a 5xx or no response. */
export const retriedFailures = ["any", "5xx"] as const;
/** `retries` null: until delivered. */
export type RetryPolicy = { retries: number | null; retryOn: (typeof retriedFailures)[number] };
export const retryPolicyDefault: RetryPolicy = { retries: null, retryOn: "any" };
/** The most retries that a policy may list. */
export const policyRetriesMax = 20;

/** The highest rate limit, in events a second. */
export const rateLimitMax = 1_000;

/** Deliveries that wait for an endpoint are counted up to this number. */
export const waitingCountMax = 10_000;

/** Concurrent requests to one endpoint. */
export const endpointConcurrencyDefault = 10;

/** Headers that concern one connection and say nothing about the request or response (RFC 9110, section 7.6.1). */
export const connectionHeaders = [
  "connection",
  "transfer-encoding",
  "te",
  "upgrade",
  "keep-alive",
  "trailer",
  "proxy-connection",
] as const;

/**
 * Headers that a custom header may not replace: Posthorn's own, those that HTTP needs (RFC 9110, 9112), and the
 * trace's.
 */
export const reservedHeaders = [
  "content-type",
  "content-length",
  "user-agent",
  "host",
  "expect",
  "traceparent",
  ...connectionHeaders,
] as const;

/** Prefixes of header names reserved for Posthorn and Standard Webhooks. */
export const reservedHeaderPrefixes = ["webhook-", "posthorn-"] as const;
