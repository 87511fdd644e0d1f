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

/** @param {number} value */
export function milliseconds(value) {
  return value.toFixed(1);
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return String(Math.round(bytes / 2 ** 20));
}
