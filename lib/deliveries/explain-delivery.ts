import type { DeliveryRow } from "@/db/queries/deliveries";
import { attemptErrorTexts, type DeliveryStatus } from "./constants";
import { statusOf } from "./present-delivery";

type Explained = Pick<
  DeliveryRow,
  | "status"
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
    if (row.attempts === 0) return "It waits for its first attempt.";
    return `${lastResult(row)} It is tried again at ${row.dueAt?.toISOString() ?? "once"}.`;
  },
  held: () => "The webhook is disabled. It is sent when the webhook is enabled.",
  succeeded: (row) => `The webhook answered ${row.httpStatus ?? "2xx"}.`,
  failed: (row) =>
    `${lastResult(row)} ${row.test ? "A test is not retried." : "It is not tried again by itself."}`,
  discarded: () => "The webhook was deleted before it was sent.",
};

function lastResult(row: Explained): string {
  if (row.error) return `${attemptErrorTexts[row.error].title}.`;
  return row.httpStatus === null ? "The last attempt failed." : `The webhook answered ${row.httpStatus}.`;
}
