import type { AttemptTrigger, StoredDeliveryStatus } from "../core/deliveries";
import type { RetryPolicy } from "../core/endpoints";
import { isSuccess } from "../core/http-statuses";
import { retryDelayMs } from "../core/retry-schedule";

/** The change of an attempt's delivery: `status` null keeps it, `dueAt` "keep" keeps the schedule. */
export type Outcome = { status: StoredDeliveryStatus | null; dueAt: Date | null | "keep" };

/**
 * Success is any 2xx, whatever requested the attempt. A failed automatic attempt is due again by the schedule, no
 * earlier than the receiver asked for, until the policy is used up. A manual attempt neither uses up nor resets the
 * schedule; a replay continues by the schedule if the delivery is pending; a test is not retried.
 */
export function decideOutcome(
  attempt: {
    trigger: AttemptTrigger;
    httpStatus: number | null;
    /** Whether the delivery was pending. */
    pending: boolean;
    /** Attempts of the schedule made before this one. */
    automaticAttempts: number;
    policy: RetryPolicy;
    finishedAt: Date;
    retryAfter: Date | null;
  },
  options: { scale: number; random: number },
): Outcome {
  if (isSuccess(attempt.httpStatus)) return { status: "succeeded", dueAt: null };
  if (attempt.trigger === "test") return { status: "failed", dueAt: null };
  if (attempt.trigger === "manual") return { status: null, dueAt: "keep" };
  if (!attempt.pending) return { status: null, dueAt: null };
  if (attempt.trigger !== "replay" && !mayRetry(attempt)) return { status: "failed", dueAt: null };
  const delayMs = retryDelayMs(attempt.automaticAttempts + 1, options);
  const scheduled = attempt.finishedAt.getTime() + delayMs;
  return {
    status: "pending",
    dueAt: new Date(Math.max(scheduled, attempt.retryAfter?.getTime() ?? scheduled)),
  };
}

function mayRetry(attempt: { httpStatus: number | null; automaticAttempts: number; policy: RetryPolicy }) {
  const { retries, retryOn } = attempt.policy;
  if (retries !== null && attempt.automaticAttempts >= retries) return false;
  return retryOn === "any" || attempt.httpStatus === null || attempt.httpStatus >= 500;
}
