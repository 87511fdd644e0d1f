import type { Inngest } from "inngest";
import { sweepNow } from "../sweep-now";

/**
 * Every minute: signals for what is due, and for jobs and emails that nobody works on, so that a lost signal or a killed
 * process costs a minute at most. Not retried: the next minute is its retry.
 */
export function sweep(client: Inngest) {
  return client.createFunction(
    {
      id: "sweep",
      triggers: [{ cron: "* * * * *" }],
      retries: 0,
      concurrency: 1,
      checkpointing: false,
    },
    sweepNow,
  );
}
