/**
 * The geometric mean of what pairs found (so that the ratio of two means is the mean of the ratios), and the interval
 * that holds the true one with 95 %, by Student's t of the logarithms.
 * @typedef {object} Summary
 * @property {number} mean
 * @property {[low: number, high: number] | null} interval `null` with less than two values
 */

/** Student's t for 95 %, two-sided, by degrees of freedom from 1 on. */
const tQuantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const tBeyond = 2.042;

/**
 * @param {number[]} values at least one, each above 0
 * @returns {Summary}
 */
export function summarize(values) {
  const logs = values.map(Math.log);
  const mean = average(logs);
  const freedom = logs.length - 1;
  if (freedom < 1) return { mean: Math.exp(mean), interval: null };
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / freedom);
  const half = ((tQuantiles[freedom - 1] ?? tBeyond) * deviation) / Math.sqrt(logs.length);
  return { mean: Math.exp(mean), interval: [Math.exp(mean - half), Math.exp(mean + half)] };
}

/** @param {number[]} values */
function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
