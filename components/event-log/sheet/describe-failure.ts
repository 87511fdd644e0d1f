import type { AttemptOutput } from "@/lib/contract/deliveries";
import { describeAttemptError, hasWordedDetail } from "@/lib/core/deliveries";
import { httpStatusTexts, redirectsNotFollowed } from "@/lib/core/http-status-texts";
import { isSuccess } from "@/lib/core/http-statuses";

export type Failure = { title: string; advice: string; detail: string | null };

/** Why an attempt failed and what to do about it; `null` for a success. */
export function describeFailure(
  attempt: Pick<AttemptOutput, "httpStatus" | "error" | "errorDetail">,
): Failure | null {
  const { httpStatus, error, errorDetail } = attempt;
  if (error) {
    const detail = hasWordedDetail(error) ? null : errorDetail;
    return { ...describeAttemptError(error, errorDetail), detail };
  }
  if (httpStatus === null) return { title: "No response", advice: "", detail: errorDetail };
  if (isSuccess(httpStatus)) return null;
  const { name, advice } = httpStatusTexts(httpStatus);
  const title = `The webhook answered ${httpStatus} ${name}`;
  // A response has a detail if it is a redirect: a sentence with its target, which says that it is not followed.
  if (errorDetail === null) return { title, advice, detail: null };
  return { title, advice: advice.replace(redirectsNotFollowed, `${errorDetail}.`), detail: null };
}
