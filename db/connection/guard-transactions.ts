import { setImmediate as nextTurn } from "node:timers/promises";
import postgres from "postgres";

type Work<T> = (tx: postgres.TransactionSql) => T | Promise<T>;

/**
 * Makes a pool's transactions survive the loss of their connection: they reject, and nothing else happens.
 *
 * By itself, postgres.js writes the rest of such a transaction, if only its rollback, to a closed socket, which
 * throws uncatchably, or to the connection that replaced it, in the middle of other work.
 */
export function guardTransactions(sql: postgres.Sql): postgres.Sql {
  const begin = sql.begin;
  return Object.assign(sql, {
    begin: async <T>(first: string | Work<T>, second?: Work<T>) => {
      const [options, work] = typeof first === "string" ? [first, second] : ["", first];
      if (!work) throw new TypeError("a transaction needs something to do");
      const connection = { isLost: false };
      try {
        return await begin(options, (tx) => guard(connection, work)(tx));
      } finally {
        // It ends before its work does only if the connection is lost.
        connection.isLost = true;
      }
    },
  });
}

type Guarded = { isLost: boolean };

/** The same work, but it never settles once the connection is lost, so that its remaining statements are not sent. */
function guard<T>(connection: Guarded, work: Work<T>): (tx: postgres.TransactionSql) => Promise<T> {
  return async (tx) => {
    try {
      const result = await work(refuseWhenLost(connection, tx));
      if (!connection.isLost) return result;
    } catch (error) {
      if (isLoss(error)) connection.isLost = true;
      // A loss that the work turned into an error of its own is already noted.
      else await nextTurn();
      if (!connection.isLost) throw error;
    }
    return new Promise(() => {});
  };
}

function refuseWhenLost(connection: Guarded, tx: postgres.TransactionSql): postgres.TransactionSql {
  const refuse = () => {
    if (connection.isLost)
      throw Object.assign(new Error("the connection of the transaction was lost"), {
        code: "CONNECTION_CLOSED",
      });
  };
  return new Proxy(tx, {
    apply: (target, self, args) => {
      refuse();
      return Reflect.apply(target, self, args);
    },
    get: (target, name) => {
      refuse();
      if (name !== "savepoint") return Reflect.get(target, name);
      return <T>(work: Work<T>) => target.savepoint(guard(connection, work));
    },
  });
}

/** Whether an error, or the error it wraps, says that the connection is lost or about to be. */
function isLoss(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return /^(FATAL|PANIC)$/.test(error.severity);
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return /^(CONNECTION_\w+|ECONN\w+|EPIPE|ETIMEDOUT)$/.test(code) || isLoss(error.cause);
}
