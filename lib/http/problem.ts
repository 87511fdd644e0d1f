import type { Problem } from "../contract/shared";
import { AppError, type ErrorCode, errorCodes } from "../core/errors";
import { describeDatabaseError } from "../platform/describe-database-error";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import type { ApiAnswer } from "./api-request";
import { ClientGone } from "./client-gone";
import { webResponse } from "./web-request";

/**
 * Any error as RFC 9457 problem details. Only an `AppError` shows its text. All other errors are logged in full and
 * answered with 500 without their text. A client that has disconnected reads no answer.
 */
export function problemAnswer(error: unknown, requestId: string): ApiAnswer {
  if (error instanceof ClientGone) {
    log().debug({ requestId }, "a client disconnected while sending its body");
    // The status that proxies log for it; HTTP has none.
    return { status: 499, headers: {}, body: null };
  }
  const known = error instanceof AppError ? error : knownError(error);
  if (known !== error) log().error({ error, requestId }, "a request failed");
  const { status, title } = errorCodes[known.code];
  const { errors, retryAfterSeconds, allow } = known.extra;
  const body: Problem = {
    type: problemType(known.code),
    title,
    status,
    code: known.code,
    detail: known.message,
    ...(errors ? { errors } : {}),
    requestId,
  };
  return {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...(known.code === "unauthenticated" ? { "www-authenticate": "Bearer" } : {}),
      ...(retryAfterSeconds ? { "retry-after": String(retryAfterSeconds) } : {}),
      // RFC 9110 15.5.16
      ...(known.code === "unsupported_media_type" ? { "accept-encoding": "identity" } : {}),
      ...(allow ? { allow: allow.join(", ") } : {}),
    },
    body: JSON.stringify(body),
  };
}

/** The same as a Next route's answer. */
export function problemResponse(error: unknown, requestId: string): Response {
  return webResponse(problemAnswer(error, requestId));
}

/** The address of the page that explains a code (`app/errors/[code]`). */
function problemType(code: ErrorCode): string {
  return `${settings().appUrl}/errors/${code.replaceAll("_", "-")}`;
}

/**
 * What the database cannot do right now is answered as such, without the database's text. Everything else is an
 * internal error.
 */
function knownError(error: unknown): AppError {
  const trouble = describeDatabaseError(error);
  if (!trouble) return new AppError("internal", "Try again. If it happens again, check the log.");
  const outcome = trouble.leavesDoubt
    ? "it is unknown whether anything was written. Try again later; events with an idempotency key are not published twice."
    : "nothing was written. Try again later.";
  return new AppError("unavailable", `${trouble.summary}; ${outcome}`, { retryAfterSeconds: 5 });
}
