import type { DeliveryRow } from "@/db/queries/deliveries";
import { backoffFailures } from "../endpoints/constants";
import { attemptErrorTexts, type DeliveryStatus, type DiscardReason } from "./constants";
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

/** Why a delivery is in its status, in a sentence that an operator understands. */
export function explainDelivery(row: Explained): string {
  return explanations[statusOf(row)](row);
}

const explanations: Record<DeliveryStatus, (row: Explained) => string> = {
  pending: (row) => {
    if (row.leased) return "It is being sent now.";
    if (row.requestedAt) return "It was asked to be sent now.";
    if (row.endpointFailures >= backoffFailures)
      return `It is sent when the webhook answers again; next try at ${row.endpointNextProbeAt?.toISOString() ?? "once"}.`;
    if (row.attempts === 0) return "It waits for its first attempt.";
    return `${lastResult(row)} It is tried again at ${row.dueAt?.toISOString() ?? "once"}.`;
  },
  held: (row) =>
    row.endpointDisabledAt
      ? "The webhook is disabled. It is sent when the webhook is enabled."
      : "It was left for later when the webhook was enabled. Replay or discard it.",
  succeeded: (row) => `The webhook answered ${row.httpStatus ?? "2xx"}.`,
  failed: (row) =>
    `${lastResult(row)} ${row.test ? "A test is not retried." : "It is not tried again by itself."}`,
  discarded: (row) => discardTexts[row.discardReason ?? "by_person"],
};

const discardTexts: Record<DiscardReason, string> = {
  endpoint_deleted: "The webhook was deleted before it was sent.",
  endpoint_disabled: "The webhook was disabled, and was not to keep what arrives meanwhile.",
  by_person: "Somebody discarded it.",
  held_past_retention: "It was held for longer than events are kept.",
};

function lastResult(row: Explained): string {
  if (row.error) return `${attemptErrorTexts[row.error].title}.`;
  return row.httpStatus === null ? "The last attempt failed." : `The webhook answered ${row.httpStatus}.`;
}
