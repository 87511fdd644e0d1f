/** The outcome of a delivery, so far. `waiting`: not tried yet; `retrying`: tried, and will be tried again. */
export const outcomes = ["succeeded", "waiting", "retrying", "failed", "held", "discarded"] as const;
export type Outcome = (typeof outcomes)[number];
export type OutcomeCounts = Record<Outcome, number>;

/** The sums of counts; missing counts are zero. */
export function sumOutcomes(counts: readonly { [Name in Outcome]?: number | undefined }[]): OutcomeCounts {
  const sum = (name: Outcome) => counts.reduce((total, one) => total + (one[name] ?? 0), 0);
  return {
    succeeded: sum("succeeded"),
    waiting: sum("waiting"),
    retrying: sum("retrying"),
    failed: sum("failed"),
    held: sum("held"),
    discarded: sum("discarded"),
  };
}

/**
 * Deliveries that should have been delivered by now. Held and discarded ones should not.
 *
 * @param options.failing whether their webhook fails, so that untried deliveries wait for it
 */
export function countDue(counts: OutcomeCounts, { failing }: { failing: boolean }): number {
  const { succeeded, failed, retrying, waiting } = counts;
  return succeeded + failed + retrying + (failing ? waiting : 0);
}
