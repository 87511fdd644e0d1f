import type { EndpointRow } from "@/db/queries/endpoints";
import type { EndpointOutput } from "../contract/endpoints";
import { describeAttemptError } from "../core/deliveries";
import { httpStatusTexts } from "../core/http-status-texts";

/** An endpoint's last failure, with what went wrong and what to do; `null` if none is known. */
export function presentFailure(
  row: Pick<EndpointRow, "lastFailureAt" | "lastFailureStatus" | "lastFailureError" | "lastFailureDetail">,
): EndpointOutput["lastFailure"] {
  const { lastFailureAt, lastFailureStatus: httpStatus, lastFailureError: error } = row;
  if (!lastFailureAt) return null;
  return { at: lastFailureAt.toISOString(), httpStatus, error, ...wordsOf(row) };
}

function wordsOf({
  lastFailureStatus: httpStatus,
  lastFailureError: error,
  lastFailureDetail,
}: Parameters<typeof presentFailure>[0]) {
  if (error) return describeAttemptError(error, lastFailureDetail);
  if (httpStatus === null) return { title: "No response", advice: "" };
  const { name, advice } = httpStatusTexts(httpStatus);
  return { title: `The webhook answered ${httpStatus} ${name}`, advice };
}
