import type { Inngest } from "inngest";
import { makePartitions as makePartitionsAhead } from "@/lib/maintenance/make-partitions";

/** Daily: makes the weeks ahead of the tables that grow. Making them again changes nothing. */
export function makePartitions(client: Inngest) {
  return client.createFunction(
    {
      id: "make-partitions",
      triggers: [{ cron: "17 3 * * *" }],
      retries: 5,
      concurrency: 1,
      checkpointing: false,
    },
    async () => ({ made: await makePartitionsAhead() }),
  );
}
