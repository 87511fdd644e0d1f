/** Separates values, and stands for null. Neither character occurs in JSON, a URL, a date or a name. */
const separator = "\u001e";
const nothing = "\u001f";

type Cell<T> = (row: T) => string | number | boolean | null;

/**
 * Passes rows as parameters of a statement, one text per column, named after the table and the column. Splitting it
 * on the server costs a third of what JSON or an array costs. Apply `withoutSeparators` first to cells that may hold
 * any character.
 *
 * @param columns by name: the PostgreSQL type and the value
 * @returns the table expression, with the alias `x`, and a function that gives the values for rows
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

/** The text with the two separator characters replaced by spaces. */
export function withoutSeparators(text: string): string {
  return text.replaceAll(separator, " ").replaceAll(nothing, " ");
}
