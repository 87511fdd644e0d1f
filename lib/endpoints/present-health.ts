import type { EndpointOutput } from "../contract/endpoints";
import { countDue, type OutcomeCounts, sumOutcomes } from "../core/outcomes";

type Health = Omit<EndpointOutput["health24h"], "requests">;

/**
 * How many of a webhook's deliveries were due, and how many of these were delivered.
 *
 * @param counts by hour of creation; an hour may occur several times
 * @param options.failing whether the webhook fails, so that untried deliveries should have been delivered
 */
export function presentHealth(
  counts: readonly ({ bucket: Date } & Partial<OutcomeCounts>)[],
  options: { failing: boolean },
): Health {
  const times = [...new Set(counts.map(({ bucket }) => bucket.getTime()))].toSorted((a, b) => a - b);
  const hours = times.flatMap((time) => {
    const sums = sumOutcomes(counts.filter(({ bucket }) => bucket.getTime() === time));
    const due = countDue(sums, options);
    if (due === 0) return [];
    const { succeeded, failed } = sums;
    return [{ hour: new Date(time).toISOString(), succeeded, failed, pending: due - succeeded - failed }];
  });
  const sums = sumOutcomes(counts);
  const due = countDue(sums, options);
  return { due, succeeded: sums.succeeded, successRate: due === 0 ? null : sums.succeeded / due, hours };
}
