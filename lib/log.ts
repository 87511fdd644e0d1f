import pino from "pino";
import { settings } from "./env";

const holder = globalThis as { posthornLog?: pino.Logger };

/** The process's log: JSON lines on standard error. Secrets, header values and payloads never go in. */
export function log(): pino.Logger {
  holder.posthornLog ??= pino(
    {
      level: settings().logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ["*.secret", "*.password", "*.authorization", "headers.authorization", "headers.cookie"],
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return holder.posthornLog;
}
