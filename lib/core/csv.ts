type Cell = string | number | boolean | null;

/**
 * A line of CSV (RFC 4180), its end included. A text that a spreadsheet would run as a formula begins with an apostrophe.
 *
 * @param cells `null` is an empty one
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
