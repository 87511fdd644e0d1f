import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { guardTransactions } from "./guard-transactions";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a query needs: the database, or a transaction on it. */
export type Queryable = Database | Transaction;

/**
 * Pools of connections: `db` for everything, `sql` (the same pool) for hot statements that are prepared by hand,
 * `engine` for those of the delivery engine, which are planned once, for indexes.
 */
export type Connection = { db: Database; sql: postgres.Sql; engine: postgres.Sql; close(): Promise<void> };

/**
 * A claim takes longer to plan than to run, and each connection plans for itself: so there are few, and they plan
 * once. What they keep was planned when a table, or a new week's partition, was still small; reading all of it is
 * left out, or it would go on when it has grown.
 */
const engineConnectionsMax = 4;
/** As words: postgres.js leaves out a `false`. */
const engineSettings = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_bitmapscan: "off",
};

/** A database that is away is tried again that often by each connection, in seconds; requests wait as long at most. */
const reconnectSecondsMax = 1;

/**
 * Opens the pools; nothing connects before the first query.
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
  const max = options.max ?? 20;
  const open = (poolMax: number, settings: Record<string, string>) =>
    guardTransactions(
      postgres(address.href, {
        ...(socketFolder ? { host: socketFolder, port: Number(address.port || 5432) } : {}),
        max: poolMax,
        idle_timeout: 300,
        connect_timeout: 10,
        backoff: (failures) => Math.min(reconnectSecondsMax, 2 ** failures / 100),
        onnotice: () => undefined,
        connection: {
          application_name: "posthorn",
          statement_timeout: options.statementTimeoutMs ?? 60_000,
          // A publish must end well before the window in which a claim trusts what it saw (see endpoint_states.hot_until).
          idle_in_transaction_session_timeout: 5_000,
          // What was answered 202 is on the disk, also at a server that has this off; claims turn it off for themselves.
          synchronous_commit: "on",
          // Compiling costs more than these short statements take.
          jit: "off",
          ...settings,
        },
      }),
    );
  const sql = open(max, {});
  const engine = open(Math.min(max, engineConnectionsMax), engineSettings);
  return {
    db: drizzle(sql, { schema }),
    sql,
    engine,
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), engine.end({ timeout: 5 })]);
    },
  };
}
