import type postgres from "postgres";
import { fromColumns, toColumns } from "./columns";

type Value = string | number | boolean | null;
type Values = Record<string, Value>;

/**
 * A prepared statement whose parameters have names, like `:lease_seconds`.
 *
 * @returns runs it: the values by name, and the rows
 */
export function namedStatement<Row extends object>(text: string) {
  const names: string[] = [];
  const numbered = text.replaceAll(/(?<![:\w]):([a-z]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return (sql: postgres.Sql | postgres.TransactionSql, values: Values): Promise<Row[]> => {
    const missing = names.find((name) => values[name] === undefined);
    if (missing) throw new TypeError(`the statement's parameter ${missing} has no value`);
    return sql.unsafe<Row[]>(
      numbered,
      names.map((name) => values[name] ?? null),
      { prepare: true },
    );
  };
}

type Cell<T> = (row: T) => Value;

/**
 * Rows as parameters of a statement: a text for each column (see `toColumns`), named after the table and the column.
 *
 * @param columns by name: PostgreSQL's type, and what stands in it
 * @returns the table expression, and the values for rows
 */
export function rowParameters<T>(
  table: string,
  columns: Record<string, [type: string, cell: Cell<T>]>,
): { table: string; values: (rows: T[]) => Values } {
  const names = Object.keys(columns);
  const types = Object.fromEntries(names.map((name) => [name, columns[name]?.[0] ?? "text"]));
  const cells = Object.values(columns).map(([, cell]) => cell);
  const parameterOf = (name: string) => `${table}_${name}`;
  return {
    table: fromColumns((name) => `:${parameterOf(name)}`, types),
    values: (rows) => {
      const texts = toColumns(rows, cells);
      return Object.fromEntries(names.map((name, place) => [parameterOf(name), texts[place] ?? null]));
    },
  };
}
