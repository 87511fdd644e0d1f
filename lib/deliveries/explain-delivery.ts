import type { DeliveryRow } from "@/db/queries/deliveries";
import { attemptErrorTexts, type DeliveryStatus, type DiscardReason } from "../core/deliveries";
import { backsOff } from "../core/endpoint-state";
import { isSuccess } from "../core/http-statuses";
import { statusOf } from "./present-delivery";

type Explained = Pick<
  DeliveryRow,
  | "status"
  | "held"
  | "discardReason"
  | "endpointFailures"
  | "endpointNextProbeAt"
  | "endpointDisabledAt"
  | "test"
  | "httpStatus"
  | "error"
  | "attempts"
  | "dueAt"
  | "requestedAt"
  | "leased"
>;

/**
 * Why a delivery has its status, in a sentence for operators.
 *
 * @param attemptsBefore its attempts made before it ended; one that has ended may be sent again manually
 */
export function explainDelivery(row: Explained, attemptsBefore = row.attempts): string {
  return explanations[statusOf(row)](row, attemptsBefore);
}

const explanations: Record<DeliveryStatus, (row: Explained, attemptsBefore: number) => string> = {
  pending: (row) => {
    if (row.leased) return "It is being sent now.";
    if (row.requestedAt) return "Someone asked to send it now.";
    if (backsOff(row.endpointFailures)) return waitsForWebhook(row);
    if (row.attempts === 0) return "It waits for its first attempt.";
    return `${lastResult(row)} It is tried again at ${row.dueAt?.toISOString() ?? "once"}.`;
  },
  held: (row) =>
    row.endpointDisabledAt
      ? "It is held because the webhook is disabled. When the webhook is enabled, it is replayed or discarded."
      : "It is held because it was left for later when the webhook was enabled. Replay or discard the held events.",
  succeeded: (row) =>
    isSuccess(row.httpStatus)
      ? `The webhook answered ${row.httpStatus}.`
      : `It was delivered. It has been sent again since then: ${continued(lastResult(row))}`,
  failed: (row) => `${lastResult(row)} ${row.test ? "A test is not retried." : "It is not retried."}`,
  discarded: (row, attemptsBefore) => {
    const why = discardTexts[row.discardReason ?? "by_person"](attemptsBefore);
    if (row.attempts <= attemptsBefore) return why;
    return `${why} It has been sent by hand since then: ${continued(lastResult(row))}`;
  },
};

const discardTexts: Record<DiscardReason, (attempts: number) => string> = {
  endpoint_deleted: (attempts) =>
    attempts === 0
      ? "The webhook was deleted before it was sent."
      : `The webhook was deleted ${after(attempts)}, before it was delivered.`,
  endpoint_disabled: (attempts) =>
    attempts === 0
      ? "The webhook was disabled without keeping its events."
      : `The webhook was disabled ${after(attempts)}, without keeping its events.`,
  by_person: (attempts) =>
    attempts === 0
      ? "Someone discarded it instead of sending it."
      : `Someone discarded it ${after(attempts)}.`,
  held_past_retention: (attempts) =>
    `It was held ${attempts === 0 ? "" : `${after(attempts)} `}for as long as events are kept, and no one replayed or discarded it.`,
};

const after = (attempts: number) => `after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`;

/** For a delivery whose webhook backs off: only one at a time is tried, until one succeeds. */
function waitsForWebhook({ endpointNextProbeAt, dueAt }: Explained): string {
  const nextTry = endpointNextProbeAt ? `; next try at ${endpointNextProbeAt.toISOString()}` : "";
  if (dueAt && endpointNextProbeAt && dueAt > endpointNextProbeAt)
    return `It is tried again at ${dueAt.toISOString()}, if the webhook answers again by then${nextTry}.`;
  return `It is sent when the webhook answers again${nextTry}.`;
}

function lastResult(row: Explained): string {
  if (row.error) return `${attemptErrorTexts[row.error].title}.`;
  return row.httpStatus === null ? "The last attempt failed." : `The webhook answered ${row.httpStatus}.`;
}

/** A sentence that follows a colon. */
const continued = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
