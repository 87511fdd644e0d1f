import type { Inngest } from "inngest";
import { makePartitions as make } from "@/lib/maintenance/make-partitions";

/** Daily. */
export function makePartitions(client: Inngest) {
  return client.createFunction(
    { id: "make-partitions", triggers: [{ cron: "17 3 * * *" }], retries: 5, concurrency: 1 },
    () => make(),
  );
}
