import type { AttemptOutput } from "@/lib/contract/deliveries";
import { type AttemptError, attemptErrorTexts } from "@/lib/core/deliveries";
import { httpStatusTexts } from "@/lib/core/http-status-texts";
import { isSuccess } from "@/lib/core/http-statuses";

export type Failure = { title: string; advice: string; detail: string | null };

/** Errors whose detail is the cause in a sentence; the detail of the others is the system's message. */
const wordedErrors: ReadonlySet<AttemptError> = new Set(["tls_error", "blocked_address", "signing_failed"]);

/** Why an attempt failed and what to do about it; `null` for a success. */
export function describeFailure(
  attempt: Pick<AttemptOutput, "httpStatus" | "error" | "errorDetail">,
): Failure | null {
  const { httpStatus, error, errorDetail } = attempt;
  if (error && errorDetail && wordedErrors.has(error))
    return { title: errorDetail, advice: attemptErrorTexts[error].advice, detail: null };
  if (error) return { ...attemptErrorTexts[error], detail: errorDetail };
  if (httpStatus === null) return { title: "No response", advice: "", detail: errorDetail };
  if (isSuccess(httpStatus)) return null;
  const { name, advice } = httpStatusTexts(httpStatus);
  return { title: `The webhook answered ${httpStatus} ${name}`, advice, detail: errorDetail };
}
