import type { AttemptError } from "../core/deliveries";
import { isAttemptFailure } from "./attempt-failure";
import { describeTlsFault } from "./classify/describe-tls-fault";
import { redirectDetail } from "./classify/redirect-detail";
import { sanitizeText } from "./classify/sanitize-text";
import type { ConnectionFacts } from "./record/connection-bytes";
import type { Exchange } from "./send";

/** The result of a request, for operators. */
export type AttemptResult = ConnectionFacts & {
  durationMs: number;
  /** `null` if no response came; then `error` says why. */
  httpStatus: number | null;
  error: AttemptError | null;
  /** For a failure without a response, what went wrong; for a redirect, where it leads. */
  errorDetail: string | null;
  responseHeaders: Record<string, string> | null;
  responseBody: Buffer | null;
  responseTruncated: boolean;
};

/**
 * Classifies an exchange.
 *
 * @param url the URL that was sent to: a redirect may be relative to it
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
 * Converts the error of a request without a response to a code that operators understand.
 *
 * @param error as thrown by the HTTP client
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

/** If several addresses failed, the first one's error says most. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  return error;
}
