import type postgres from "postgres";
import { fromColumns, toColumns } from "./columns";

type Value = string | number | boolean | null | string[];
type Values = Record<string, Value>;

/**
 * A statement whose parameters have names, like `:leaseSeconds`.
 *
 * @param options.prepared `false` for one that is planned anew each time, by its values
 * @returns runs it: the values by name, all of them and no others, and the rows
 */
export function namedStatement<Row extends object, Given extends Values = Values>(
  text: string,
  { prepared = true }: { prepared?: boolean } = {},
) {
  const names: string[] = [];
  const numbered = text.replaceAll(/(?<![:\w]):([a-z]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return (sql: postgres.Sql | postgres.TransactionSql, values: Given) => {
    const given: Values = values;
    const missing = names.find((name) => given[name] === undefined);
    if (missing) throw new TypeError(`the statement's parameter ${missing} has no value`);
    const unknown = Object.keys(given).find((name) => !names.includes(name));
    if (unknown) throw new TypeError(`the statement has no parameter ${unknown}`);
    return sql.unsafe<Row[]>(
      numbered,
      names.map((name) => given[name] ?? null),
      { prepare: prepared },
    );
  };
}

type Cell<T> = (row: T) => string | number | boolean | null;

/**
 * Rows as parameters of a statement: a text for each column (see `toColumns`), named after the table and the column.
 *
 * @param columns by name: PostgreSQL's type, and what stands in it
 * @returns the table expression, whose alias is `x`, and the values for rows
 */
export function rowParameters<T>(
  table: string,
  columns: Record<string, [type: string, cell: Cell<T>]>,
): { table: string; values: (rows: T[]) => Record<string, string> } {
  const names = Object.keys(columns);
  const types = Object.fromEntries(names.map((name) => [name, columns[name]?.[0] ?? "text"]));
  const cells = Object.values(columns).map(([, cell]) => cell);
  const parameterOf = (name: string) => `${table}_${name}`;
  return {
    table: fromColumns((name) => `:${parameterOf(name)}`, types),
    values: (rows) => {
      const texts = toColumns(rows, cells);
      return Object.fromEntries(names.map((name, place) => [parameterOf(name), texts[place] ?? ""]));
    },
  };
}
