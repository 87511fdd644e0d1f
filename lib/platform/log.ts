import pino from "pino";
import { databaseFailureIn, noteDatabaseFailure } from "./database-outage";
import { settings } from "./env";

const holder = globalThis as { posthornLog?: pino.Logger };

/** Error fields in which PostgreSQL and its clients quote a statement's values. */
const values = ["params", "parameters", "args", "detail", "where"];

/**
 * The process's log: JSON lines on standard error. Secrets, header values, payloads and statements' parameters are
 * never logged.
 */
export function log(): pino.Logger {
  holder.posthornLog ??= pino(
    {
      level: settings().logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ["*.secret", "*.password", "*.authorization", "headers.authorization", "headers.cookie"],
      serializers: { error: withoutValues, err: withoutValues },
      hooks: {
        logMethod(args, method) {
          const failure = databaseFailureIn(args[0]);
          if (failure) noteDatabaseFailure(failure, log());
          else method.apply(this, args);
        },
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return holder.posthornLog;
}

/** Redirects what a framework writes to the console into the log, under the log's rules. */
export function sendConsoleToLog(): void {
  for (const level of ["error", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      const error = words.find((word) => word instanceof Error);
      const text = words.filter((word) => word !== error && word !== "⨯").join(" ");
      log()[level](error ? { error } : {}, text || "an error was caught by the framework");
    };
  }
}

function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { cause, aggregateErrors, ...serialized } = pino.stdSerializers.errWithCause(error);
  const kept = Object.entries(serialized).filter(([name]) => !values.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...(error.cause ? { cause: withoutValues(error.cause) } : {}),
    ...(error instanceof AggregateError ? { errors: error.errors.map(withoutValues) } : {}),
  };
}
