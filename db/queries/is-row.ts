/**
 * Equality that the planner can look up in an index, and cannot merge two orders by: rows to change are looked up one by
 * one, whatever it believes the table to hold. Of a table that was empty when it was last analyzed it believes that it
 * still is, and with plain equality reads all of it for each row.
 *
 * @param row columns of the index, `(q.workspace_id, q.delivery_id)`
 * @param key what they are to be
 */
export function isRow(row: string, key: string): string {
  return `${row} >= ${key} and ${row} <= ${key}`;
}
