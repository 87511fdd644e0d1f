const connections = "remove it, and set POSTHORN_DATABASE_CONNECTIONS";
const schema =
  "it belongs to Prisma and JDBC. Remove it; for a schema other than public, write options=-c%20search_path%3Dname";
const pooler = "remove it, and point DATABASE_URL to PostgreSQL itself, not to a pooler";

/** Parameters that other tools have in their URLs, by name in lower case, and what to use instead. */
export const otherToolsParameters: Record<string, string> = {
  schema,
  currentschema: schema,
  pgbouncer: pooler,
  prepared_statements: pooler,
  preparethreshold: pooler,
  statement_cache_size: pooler,
  statement_cache_capacity: pooler,
  default_query_exec_mode: pooler,
  connection_limit: connections,
  max: connections,
  maximumpoolsize: connections,
  pool: connections,
  pool_max_conns: connections,
  pool_size: connections,
  max_pool_size: connections,
  pool_timeout: "remove it; a request waits for a connection",
  sslaccept:
    "it belongs to Prisma. Write sslmode=require, which encrypts, or sslmode=verify-full, which checks too",
  sslidentity: "it belongs to Prisma. Set sslcert and sslkey to PEM files",
  statement_timeout: "remove it; Posthorn sets its own",
};
