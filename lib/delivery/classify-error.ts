import type { AttemptError } from "../deliveries/constants";

/** Cut off an attempt whose time was up. */
export class AttemptTimeout extends Error {
  override readonly name = "AttemptTimeout";
}

const byCode: Record<string, AttemptError> = {
  ENOTFOUND: "dns_not_found",
  EAI_AGAIN: "dns_not_found",
  ENODATA: "dns_not_found",
  ECONNREFUSED: "connection_refused",
  EHOSTUNREACH: "connection_refused",
  ENETUNREACH: "connection_refused",
  EADDRNOTAVAIL: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  UND_ERR_SOCKET: "connection_reset",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  ETIMEDOUT: "timeout",
  EPROTO: "tls_error",
  UND_ERR_HEADERS_OVERFLOW: "invalid_response",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "invalid_response",
};

/**
 * Puts what went wrong without a response into a code an operator understands.
 *
 * @param error what the HTTP client threw
 * @returns the code, and the fault in words, at most 500 characters
 */
export function classifyError(error: unknown): { error: AttemptError; detail: string } {
  const cause = rootOf(error);
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const detail = (cause instanceof Error ? cause.message || code : String(cause)).slice(0, 500);
  if (cause instanceof AttemptTimeout) return { error: "timeout", detail };
  // The HTTP client's parser gives a code for some faults and none for others.
  if (code.startsWith("HPE_") || (cause instanceof Error && cause.name === "HTTPParserError"))
    return { error: "invalid_response", detail };
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/.test(code))
    return { error: "tls_error", detail };
  return { error: byCode[code] ?? "connection_reset", detail };
}

/** Of several addresses that failed, the first one's error says most. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  return error;
}
