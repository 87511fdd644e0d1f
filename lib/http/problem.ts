import { describeDatabaseError } from "../describe-database-error";
import { settings } from "../env";
import { AppError, errorCodes } from "../errors";
import { log } from "../log";
import { ClientGone } from "./client-gone";
import type { Problem } from "./schemas";

/**
 * Any error as RFC 9457 problem details. Only an `AppError` shows its text; everything else is logged whole and
 * answered as 500 without it. A client that is gone reads no answer.
 */
export function problemResponse(error: unknown, requestId: string): Response {
  if (error instanceof ClientGone) {
    log().debug({ requestId }, "a client hung up while it sent its body");
    // What proxies note for it, since HTTP has no status of its own.
    return new Response(null, { status: 499 });
  }
  const known = error instanceof AppError ? error : knownError(error);
  if (known !== error) log().error({ error, requestId }, "a request failed");
  const { status, title } = errorCodes[known.code];
  const body: Problem = {
    type: `${settings().appUrl}/errors/${known.code.replaceAll("_", "-")}`,
    title,
    status,
    code: known.code,
    detail: known.message,
    ...(known.extra.errors ? { errors: known.extra.errors } : {}),
    requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...(known.code === "unauthenticated" ? { "www-authenticate": "Bearer" } : {}),
      ...(known.extra.retryAfterSeconds ? { "retry-after": String(known.extra.retryAfterSeconds) } : {}),
    },
  });
}

/** What the database cannot do right now is said as that, with nothing of its own text; the rest is ours to find. */
function knownError(error: unknown): AppError {
  const trouble = describeDatabaseError(error);
  if (!trouble) return new AppError("internal", "Try again; if it stays, look at the log.");
  const outcome = trouble.leavesDoubt
    ? "whether anything was written is not known. Try again later; what has an idempotency key is not published twice."
    : "nothing was written. Try again later.";
  return new AppError("unavailable", `${trouble.summary}; ${outcome}`, { retryAfterSeconds: 5 });
}
