import type postgres from "postgres";

type Value = string | number | boolean | null | string[];
type Values = Record<string, Value>;

/**
 * A statement whose parameters have names, like `:leaseSeconds`.
 *
 * @param options.prepared `false` for a statement that is planned anew for its values each time
 * @returns a function that runs it with the values by name (all of them and no others) and returns the rows
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
