import { latencyBucketsMs } from "./deliveries";

/** Attempts by latency: one number a bucket of `latencyBucketsMs`, and one for slower ones. */
export type LatencyCounts = readonly number[];

/** Adds counts up, place by place. */
export function addLatencies(all: readonly LatencyCounts[]): number[] {
  return Array.from({ length: latencyBucketsMs.length + 1 }, (_, place) =>
    all.reduce((sum, counts) => sum + (counts[place] ?? 0), 0),
  );
}

/**
 * About how long so great a share of attempts took at most: evenly spread within a bucket.
 *
 * @param share 0 to 1, as 0.95
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
