type Cell = string | number | boolean | null;

/**
 * A line of CSV (RFC 4180) with its line ending. Text that a spreadsheet would run as a formula is prefixed with an
 * apostrophe.
 *
 * @param cells `null` is an empty cell
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
