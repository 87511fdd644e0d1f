/** Kinds of signature. Each is handled in lib/signatures; a new member breaks compilation until it is. */
export const signatureKinds = ["hmac"] as const;
export type SignatureKind = (typeof signatureKinds)[number];

export const endpointStatuses = ["enabled", "disabled"] as const;

/** Requests in flight to one endpoint at a time. */
export const endpointConcurrencyDefault = 10;

/** Headers that a custom header may not replace: ours, and those that HTTP itself needs (RFC 9110, 9112). */
export const reservedHeaders = [
  "content-type",
  "content-length",
  "user-agent",
  "host",
  "connection",
  "transfer-encoding",
  "te",
  "upgrade",
  "expect",
  "keep-alive",
  "trailer",
  "proxy-connection",
] as const;

/** Prefixes of header names kept for Posthorn and Standard Webhooks. */
export const reservedHeaderPrefixes = ["webhook-", "posthorn-"] as const;
