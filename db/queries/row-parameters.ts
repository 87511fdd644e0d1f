/** Between values, and in place of one that is null: neither occurs in JSON, a URL, a date or a name. */
const separator = "\u001e";
const nothing = "\u001f";

type Cell<T> = (row: T) => string | number | boolean | null;

/**
 * Rows as parameters of a statement: one text for each column, named after the table and the column. Split by the server,
 * that costs a third of what JSON does, and of what an array does. A cell that may hold any character goes through
 * `withoutSeparators` first.
 *
 * @param columns by name: PostgreSQL's type, and the value
 * @returns the table expression, whose alias is `x`, and the values for rows
 */
export function rowParameters<T>(
  table: string,
  columns: Record<string, [type: string, cell: Cell<T>]>,
): { table: string; values: (rows: T[]) => Record<string, string> } {
  const parts = Object.entries(columns).map(([name, [type, cell]]) => ({
    name,
    parameter: `${table}_${name}`,
    type,
    cell,
  }));
  const arrays = parts.map(
    ({ parameter, type }) => `string_to_array(:${parameter}::text, e'\\x1e', e'\\x1f')::${type}[]`,
  );
  const names = parts.map(({ name }) => `"${name}"`);
  return {
    table: `unnest(${arrays.join(", ")}) as x(${names.join(", ")})`,
    values: (rows) =>
      Object.fromEntries(
        parts.map(({ parameter, cell }) => [
          parameter,
          rows.map((row) => cell(row) ?? nothing).join(separator),
        ]),
      ),
  };
}

/** A text in which the two separator characters are replaced by spaces. */
export function withoutSeparators(text: string): string {
  return text.replaceAll(separator, " ").replaceAll(nothing, " ");
}
