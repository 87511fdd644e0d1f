import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a query needs: the database, or a transaction on it. */
export type Queryable = Database | Transaction;

/** A pool of connections: `db` for everything, `sql` for the few hot statements that are prepared by hand. */
export type Connection = { db: Database; sql: postgres.Sql; close(): Promise<void> };

/**
 * Opens a pool; nothing connects before the first query.
 *
 * @param url a connection string; `?host=/folder` names a Unix socket's folder, as libpq has it
 * @param options `max`: connections at most; `statementTimeoutMs`: 0 for none
 */
export function openDatabase(
  url: string,
  options: { max?: number; statementTimeoutMs?: number } = {},
): Connection {
  const address = new URL(url);
  const socketFolder = address.searchParams.get("host");
  address.searchParams.delete("host");
  const sql = postgres(address.href, {
    ...(socketFolder ? { host: socketFolder, port: Number(address.port || 5432) } : {}),
    max: options.max ?? 20,
    idle_timeout: 300,
    connect_timeout: 10,
    onnotice: () => undefined,
    connection: {
      application_name: "posthorn",
      statement_timeout: options.statementTimeoutMs ?? 60_000,
      // A publish must end well before the window in which a claim trusts what it saw (see endpoint_states.hot_until).
      idle_in_transaction_session_timeout: 5_000,
      // Off: compiling costs more than these short statements take.
      jit: false,
    },
  });
  return { db: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
