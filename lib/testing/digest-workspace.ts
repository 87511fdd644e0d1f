import type postgres from "postgres";

/**
 * A digest of each table's rows of a workspace, by the table's name; what has no workspace of its own is taken whole.
 * Tables are those of the database: a new one is among them.
 *
 * @param options.without tables that others write meanwhile
 */
export async function digestWorkspace(
  sql: postgres.Sql,
  workspaceId: string,
  { without = [] }: { without?: string[] } = {},
): Promise<Record<string, string>> {
  const tables = await sql<{ name: string; column: string | null }[]>`
    select relname as name,
      (select attname from pg_attribute
       where attrelid = pg_class.oid and not attisdropped
         and (attname = 'workspace_id' or relname = 'workspaces' and attname = 'id')) as column
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    order by relname`;
  const digests: Record<string, string> = {};
  for (const { name, column } of tables.filter((table) => !without.includes(table.name))) {
    const [row] = await sql<{ digest: string }[]>`
      select count(*) || ' rows, ' || coalesce(md5(string_agg(one::text, E'\n' order by one::text)), '-') as digest
      from ${sql(name)} as one ${column ? sql`where ${sql(column)} = ${workspaceId}` : sql``}`;
    digests[name] = row?.digest ?? "";
  }
  return digests;
}
