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
    if (row.endpointFailures >= backoffFailures) return waitsForWebhook(row);
    if (row.attempts === 0) return "It waits for its first attempt.";
    return `${lastResult(row)} It is tried again at ${row.dueAt?.toISOString() ?? "once"}.`;
  },
  held: (row) =>
    row.endpointDisabledAt
      ? "It is held, for the webhook is disabled. When the webhook is enabled, it is replayed or discarded."
      : "It is held: it was left for later when the webhook was enabled. Replay or discard what is held.",
  succeeded: (row) => `The webhook answered ${row.httpStatus ?? "2xx"}.`,
  failed: (row) =>
    `${lastResult(row)} ${row.test ? "A test is not retried." : "It is not tried again by itself."}`,
  discarded: (row) => discardTexts[row.discardReason ?? "by_person"],
};

const discardTexts: Record<DiscardReason, string> = {
  endpoint_deleted: "The webhook was deleted before it was sent.",
  endpoint_disabled: "The webhook was disabled, and its events were not to be kept.",
  by_person: "Somebody chose to discard it instead of sending it.",
  held_past_retention: "It was held for as long as events are kept, and nobody decided about it.",
};

/** Of a delivery whose webhook backs off: only one at a time is tried, until one succeeds. */
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
