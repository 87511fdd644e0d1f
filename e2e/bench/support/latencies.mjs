import { createHistogram } from "node:perf_hooks";

/** An hour, in microseconds: beyond what anything here waits. */
const highest = 3_600_000_000;

/**
 * Latencies in a histogram, exact to a thousandth.
 * @typedef {object} Latencies
 * @property {(ms: number) => void} record
 * @property {(share: number) => number} percentileMs `share`: 0 to 1
 * @property {() => void} reset
 */

/** @returns {Latencies} */
export function openLatencies() {
  const histogram = createHistogram({ lowest: 1, highest, figures: 3 });
  return {
    record: (ms) => histogram.record(Math.max(1, Math.round(ms * 1_000))),
    percentileMs: (share) => (histogram.count === 0 ? Number.NaN : histogram.percentile(share * 100) / 1_000),
    reset: () => histogram.reset(),
  };
}
