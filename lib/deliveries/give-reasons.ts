import type { DeliveryDetailOutput } from "../contract/deliveries";
import type { DeliveryStatus } from "../core/deliveries";
import { backsOff, type EndpointTransitionKind } from "../core/endpoint-state";
import type { RetryPolicy } from "../core/endpoints";
import { isSuccess } from "../core/http-statuses";

type Facts = {
  type: string;
  test: boolean;
  /** It was added to its event manually. */
  addedLater: boolean;
  status: DeliveryStatus;
  httpStatus: number | null;
  /** The webhook's present settings. */
  eventTypes: string[] | null;
  /** The last change of the webhook's state before the delivery was created; `null` if none is kept. */
  before: { kind: EndpointTransitionKind; consecutiveFailures: number } | null;
  policy: RetryPolicy;
  policyOf: "webhook" | "workspace";
  /** The webhook's present number of failures in a row. */
  endpointFailures: number;
};

/**
 * Why a delivery exists, which state its webhook was in, and which rule decides what happens next: one sentence each.
 */
export function giveReasons(facts: Facts): DeliveryDetailOutput["reasons"] {
  return { match: matchOf(facts), webhook: webhookOf(facts), next: nextOf(facts) };
}

function matchOf({ type, test, addedLater, eventTypes }: Facts): string {
  if (test) return "Someone sent it to this webhook as a test.";
  if (addedLater) return "Someone sent the event to this webhook after it was published.";
  if (eventTypes === null) return "The webhook gets all event types.";
  return eventTypes.includes(type)
    ? `The webhook subscribes to ${type}.`
    : `The webhook subscribed to ${type} when the event was published, but no longer does.`;
}

function webhookOf({ before }: Facts): string {
  const failures = before?.consecutiveFailures ?? 0;
  switch (before?.kind) {
    case "failing":
    case "threshold":
      return backsOff(failures)
        ? `It had failed ${failures} times in a row, and one event at a time was tried.`
        : "It was failing, and was still sent all of its events.";
    case "disabled":
      return "It was disabled.";
    case "enabled":
      return "It had been enabled, and was healthy.";
    case "recovered":
      return "It had recovered, and was healthy.";
    default:
      return "It was healthy.";
  }
}

function nextOf(facts: Facts): string {
  const { status, test, endpointFailures } = facts;
  if (status === "succeeded") return "A 2xx response ends the delivery. Nothing more is sent.";
  if (test) return "A test is sent once and not retried.";
  if (status === "held")
    return "A held event is sent when someone enables the webhook or replays its held events.";
  if (status === "discarded") return "A discarded event is only sent if someone sends it again.";
  const policy = `The ${facts.policyOf}'s retry policy: ${describePolicy(facts.policy)}.`;
  if (status === "failed") return `${policy} ${endOf(facts)}`;
  return backsOff(endpointFailures)
    ? `${policy} Because the webhook failed 5 times in a row or more, only one event at a time is tried until one succeeds.`
    : policy;
}

function endOf({ policy, httpStatus }: Facts): string {
  const refused =
    policy.retryOn === "5xx" && httpStatus !== null && httpStatus < 500 && !isSuccess(httpStatus);
  return refused ? `A ${httpStatus} is neither, so it is not retried.` : "It allows no more attempts.";
}

function describePolicy({ retries, retryOn }: RetryPolicy): string {
  if (retries === 0) return "no retries";
  const after = retryOn === "5xx" ? "after a 5xx or no response" : "after any failure";
  if (retries === null) return `until delivered, ${after}, at growing intervals up to 24 hours`;
  return `${retries} ${retries === 1 ? "retry" : "retries"}, ${after}, at growing intervals`;
}
