import type { AttemptError } from "../core/deliveries";
import { isAttemptFailure } from "./attempt-failure";
import { describeTlsFault } from "./describe-tls-fault";
import { recordable } from "./recordable";

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
  const detail = (text: string) => recordable(text.slice(0, 500));
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
