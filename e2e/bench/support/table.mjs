/**
 * A line of the table, in at most 100 columns.
 * @param {string[]} cells
 */
export function row([name = "", ...cells]) {
  return `${name.padEnd(38)}${cells.map((cell) => cell.padStart(11)).join("")}`;
}

/** @param {number} value */
export function count(value) {
  return Math.round(value).toLocaleString("en-US");
}

/**
 * @param {number} value
 * @param {number} [digits]
 */
export function milliseconds(value, digits = 1) {
  return value.toFixed(digits);
}

/**
 * A mean with the interval that holds it with 95 %.
 * @param {import("./summarize.mjs").Summary} summary
 * @param {number} digits
 */
export function interval({ mean, interval: bounds }, digits) {
  const text = mean.toFixed(digits);
  return bounds ? `${text} (${bounds[0].toFixed(digits)} to ${bounds[1].toFixed(digits)})` : text;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return String(Math.round(bytes / 2 ** 20));
}

/**
 * @param {string} what "event" or "delivery"
 * @param {number | undefined} app microseconds of processor time for each; `undefined` where the system does not tell
 * @param {number | undefined} database
 * @returns {string[]} a line, or none
 */
export function perEach(what, app, database) {
  if (app === undefined || database === undefined) return [];
  const [appMs, databaseMs] = [app, database].map((microseconds) => milliseconds(microseconds / 1_000, 3));
  return [`  processor time for each ${what}: app ${appMs} ms, PostgreSQL ${databaseMs} ms`];
}
