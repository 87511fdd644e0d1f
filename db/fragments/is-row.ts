/**
 * Equality that the planner can only look up in an index, row by row, whatever size it believes the table has. It
 * believes that a table that was empty when last analyzed still is, and with plain equality it would use a hash or
 * merge join, which reads the whole table.
 *
 * Of several columns, all but the last are `= any(array[…])`, which no hash or merge join uses. Before PostgreSQL 18,
 * row ranges (`(a, b) >= (x, y)`) bound an index scan by `a` alone.
 *
 * @param columns of an index, in its order, like `["q.workspace_id", "q.delivery_id"]`
 * @param key the values to look up, one expression each
 */
export function isRow(columns: string[], key: string[]): string {
  const last = columns.length - 1;
  return columns
    .map((column, place) =>
      place === last
        ? `${column} >= ${key[place]} and ${column} <= ${key[place]}`
        : `${column} = any(array[${key[place]}])`,
    )
    .join(" and ");
}
