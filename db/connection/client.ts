import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { countStatements } from "./count-statements";
import { guardTransactions } from "./guard-transactions";
import "./hide-parameters";
import { parseDatabaseUrl } from "../../lib/platform/parse-database-url";
import * as schema from "../schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a query needs: the database, or a transaction on it. */
export type Queryable = Database | Transaction;

/** Whether it is a transaction, whose statements go one after the other over one connection. */
export const isTransaction = (db: Queryable): db is Transaction => "rollback" in db;

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
export const engineConnectionsMax = 4;
/** As text: postgres.js leaves out a `false`. */
const engineSettings = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_bitmapscan: "off",
};

/** What every session has; a start finds out by them whether a pooler keeps settings to itself (see `checkServer`). */
export const sessionSettings = {
  // A publish must end well before the window in which a claim trusts what it saw (see endpoint_states.hot_until).
  idle_in_transaction_session_timeout: "5000",
  // What was answered 202 is on the disk, also at a server that has this off; claims turn it off for themselves.
  synchronous_commit: "on",
  // Compiling costs more than these short statements take.
  jit: "off",
};

/** A database that is away is tried again that often by each connection, in seconds; requests wait as long at most. */
const reconnectSecondsMax = 1;

/**
 * Opens the pools; nothing connects before the first query.
 *
 * @param url a connection string (see `parseDatabaseUrl`, whose mistakes are not looked at here)
 * @param options `max`: connections of `db` and `sql` at most; `engineMax`: of `engine`, which without any is `sql`;
 *   `statementTimeoutMs`: 0 for none; `counted`: how busy the pools are is counted, for metrics
 */
export function openDatabase(
  url: string,
  options: { max?: number; engineMax?: number; statementTimeoutMs?: number; counted?: boolean } = {},
): Connection {
  const { login } = parseDatabaseUrl(url);
  const max = options.max ?? 20;
  const engineMax = options.engineMax ?? Math.min(max, engineConnectionsMax);
  const open = (poolMax: number, settings: Record<string, string>) => {
    const driverOptions: postgres.Options<Record<string, never>> = {
      max: poolMax,
      idle_timeout: 300,
      connect_timeout: 10,
      backoff: (failures) => Math.min(reconnectSecondsMax, 2 ** failures / 100),
      onnotice: () => undefined,
    };
    // Its types lack the lists of hosts that it takes.
    Object.assign(driverOptions, login, {
      connection: {
        application_name: "posthorn",
        ...login.connection,
        statement_timeout: options.statementTimeoutMs ?? 60_000,
        ...sessionSettings,
        ...settings,
      },
    });
    return guardTransactions(postgres(driverOptions));
  };
  const sql = open(max, {});
  const engine = engineMax > 0 ? open(engineMax, engineSettings) : sql;
  const counts = options.counted ? [countStatements(sql, { pool: "main", max })] : [];
  if (options.counted && engine !== sql)
    counts.push(countStatements(engine, { pool: "engine", max: engineMax }));
  return {
    db: drizzle(sql, { schema }),
    sql,
    engine,
    close: async () => {
      for (const endCounting of counts) endCounting();
      await Promise.all([sql.end({ timeout: 5 }), engine.end({ timeout: 5 })]);
    },
  };
}
