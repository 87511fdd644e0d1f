import { latencyBucketsMs } from "./deliveries";

/** Attempts by latency: one number per bucket of `latencyBucketsMs`, and one for slower attempts. */
export type LatencyCounts = readonly number[];

/** Adds counts bucket by bucket. */
export function addLatencies(all: readonly LatencyCounts[]): number[] {
  return Array.from({ length: latencyBucketsMs.length + 1 }, (_, place) =>
    all.reduce((sum, counts) => sum + (counts[place] ?? 0), 0),
  );
}

/**
 * Estimates a percentile of the latency, assuming an even spread within each bucket.
 *
 * @param share 0 to 1, for example 0.95
 * @returns milliseconds; `null` without attempts
 */
export function latencyPercentile(counts: LatencyCounts, share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (const [place, count] of counts.entries()) {
    const below = latencyBucketsMs[place - 1] ?? 0;
    const bound = latencyBucketsMs[place] ?? below;
    if (count > 0 && left <= count) return Math.round(below + (bound - below) * (left / count));
    left -= count;
  }
  return latencyBucketsMs[latencyBucketsMs.length - 1] ?? null;
}
