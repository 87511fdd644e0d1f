import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { countStatements } from "./count-statements";
import { guardTransactions } from "./guard-transactions";
import "./hide-parameters";
import { parseDatabaseUrl } from "../../lib/platform/parse-database-url";
import * as schema from "../schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a query runs on: the database, or a transaction. */
export type Queryable = Database | Transaction;

/** Whether it is a transaction, whose statements run one after the other on one connection. */
export const isTransaction = (db: Queryable): db is Transaction => "rollback" in db;

/**
 * Connection pools: `db` for everything, `sql` (the same pool) for hot statements that are prepared by hand, and
 * `engine` for the delivery engine's statements, which are planned once and for indexes.
 */
export type Connection = { db: Database; sql: postgres.Sql; engine: postgres.Sql; close(): Promise<void> };

/**
 * A claim takes longer to plan than to run, and each connection plans for itself, so there are few connections and
 * each plans once. A plan may date from when a table or partition was small, so sequential scans are disabled: they
 * would go on after the table has grown.
 */
export const engineConnectionsMax = 4;
/** As text, because postgres.js omits a `false`. */
const engineSettings = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_bitmapscan: "off",
};

/** Settings of every session. At start they also show whether a pooler drops session settings (see `checkServer`). */
export const sessionSettings = {
  // A publish must end well before the window in which a claim trusts what it saw (see endpoint_states.hot_until).
  idle_in_transaction_session_timeout: "5000",
  // Everything that was answered 202 is on disk, even if the server's default is off. Claims turn it off for
  // themselves.
  synchronous_commit: "on",
  // JIT compilation costs more than these short statements take.
  jit: "off",
};

/** How often each connection retries a database that is away, and how long requests wait for it at most, in seconds. */
const reconnectSecondsMax = 1;

/**
 * Opens the pools. Nothing connects before the first query.
 *
 * @param url a connection string, already validated by `parseDatabaseUrl`
 * @param options `max`: most connections of `db` and `sql` together; `engineMax`: most connections of `engine`
 *   (without it, `engine` is `sql`); `statementTimeoutMs`: 0 for none; `counted`: whether the pools' load is counted
 *   for metrics
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
    // The types of postgres.js lack the host lists that it accepts.
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
