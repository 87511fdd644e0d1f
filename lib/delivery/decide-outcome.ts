import type { AttemptTrigger, StoredDeliveryStatus } from "../deliveries/constants";
import { retryDelayMs } from "./retry-schedule";

/** Where an attempt takes its delivery: `status` null leaves it, `dueAt` "keep" leaves the schedule. */
export type Outcome = { status: StoredDeliveryStatus | null; dueAt: Date | null | "keep" };

/**
 * Success is any 2xx, whatever asked for the attempt. A failed automatic attempt is due again by the schedule, until
 * it is delivered; a manual one neither uses up nor resets the schedule; a test is not retried.
 *
 * @param automaticAttempts attempts of the schedule made before this one
 */
export function decideOutcome(
  attempt: {
    trigger: AttemptTrigger;
    httpStatus: number | null;
    automaticAttempts: number;
    finishedAt: Date;
  },
  options: { scale: number; random: number },
): Outcome {
  if (isSuccess(attempt.httpStatus)) return { status: "succeeded", dueAt: null };
  if (attempt.trigger === "test") return { status: "failed", dueAt: null };
  if (attempt.trigger === "manual") return { status: null, dueAt: "keep" };
  const delayMs = retryDelayMs(attempt.automaticAttempts + 1, options);
  return { status: "pending", dueAt: new Date(attempt.finishedAt.getTime() + delayMs) };
}

export function isSuccess(httpStatus: number | null): boolean {
  return httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
}
