import type { AttemptError } from "../core/deliveries";
import { isAttemptFailure } from "./attempt-failure";
import { describeTlsFault } from "./classify/describe-tls-fault";
import { redirectDetail } from "./classify/redirect-detail";
import { sanitizeText } from "./classify/sanitize-text";
import type { ConnectionFacts } from "./record/connection-bytes";
import type { Exchange } from "./send";

/** What came of a request, as an operator reads it. */
export type AttemptResult = ConnectionFacts & {
  durationMs: number;
  /** `null` if no response came; then `error` says why. */
  httpStatus: number | null;
  error: AttemptError | null;
  /** Of a failure without a response, what went wrong; of a redirect, where it leads. */
  errorDetail: string | null;
  responseHeaders: Record<string, string> | null;
  responseBody: Buffer | null;
  responseTruncated: boolean;
};

/**
 * Says what an exchange means.
 *
 * @param url what was sent to: a redirect may be relative to it
 */
export function classify(exchange: Exchange, url: string): AttemptResult {
  const { durationMs, timings, peer } = exchange;
  if ("response" in exchange) {
    const { response } = exchange;
    return {
      durationMs,
      timings,
      peer,
      httpStatus: response.status,
      error: null,
      errorDetail: redirectDetail(response, url),
      responseHeaders: response.headers,
      responseBody: response.body,
      responseTruncated: response.truncated,
    };
  }
  const { error, detail } = classifyError(exchange.error);
  return {
    durationMs,
    timings,
    peer,
    httpStatus: null,
    error,
    errorDetail: detail,
    responseHeaders: null,
    responseBody: null,
    responseTruncated: false,
  };
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
  ETIMEDOUT: "timeout",
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
  const message = cause instanceof Error ? cause.message || code : String(cause);
  const detail = (text: string) => sanitizeText(text.slice(0, 500));
  if (isAttemptFailure(cause)) return { error: cause.attemptError, detail: detail(message) };
  const fault = describeTlsFault(cause);
  if (fault !== null) return { error: "tls_error", detail: detail(fault) };
  return { error: byCode[code] ?? "connection_reset", detail: detail(message) };
}

/** Of several addresses that failed, the first one's error says most. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  return error;
}
