/**
 * Equality that the planner can only look up in an index, row by row, whatever it believes the table to hold. Of a table
 * that was empty when it was last analyzed it believes that it still is; with plain equality it would join by hashing or
 * merging, and read all of it.
 *
 * Of several columns all but the last are `= any(array[…])`, which no join hashes or merges by. Ranges of whole rows
 * (`(a, b) >= (x, y)`) would bound the scan of an index by `a` alone before PostgreSQL 18.
 *
 * @param columns of an index, in its order, like `["q.workspace_id", "q.delivery_id"]`
 * @param key what they are to be, one expression each
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
