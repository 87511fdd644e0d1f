/** What became of a delivery, or is to become of it. `waiting`: not tried yet; `retrying`: tried, and to be tried again. */
export const outcomes = ["succeeded", "waiting", "retrying", "failed", "held", "discarded"] as const;
export type Outcome = (typeof outcomes)[number];
export type OutcomeCounts = Record<Outcome, number>;

/** The sums of counts; what one leaves out is none. */
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
