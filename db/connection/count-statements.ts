import type postgres from "postgres";
import { poolLoads } from "../../lib/telemetry/pool-load";

/**
 * Counts a pool's statements (sent, or waiting for a connection) and transactions. postgres.js has no counter of its
 * own.
 *
 * @returns stops counting
 */
export function countStatements(sql: postgres.Sql, { pool, max }: { pool: string; max: number }): () => void {
  const load = { name: pool, max, inFlight: 0 };
  const done = () => {
    load.inFlight -= 1;
  };
  const { begin, unsafe } = sql;
  Object.assign(sql, {
    begin: (...given: Parameters<typeof begin>) => {
      load.inFlight += 1;
      return begin(...given).finally(done);
    },
    unsafe: (...given: Parameters<typeof unsafe>) => {
      const query = unsafe(...given);
      if (!("handler" in query && query.handler instanceof Function)) return query;
      const { handler } = query;
      // Called when the statement is executed, and never if it is part of another one.
      const execute = (executed: unknown) => {
        load.inFlight += 1;
        query.then(done, done);
        handler(executed);
      };
      return Object.assign(query, { handler: execute });
    },
  });
  poolLoads().add(load);
  return () => poolLoads().delete(load);
}
