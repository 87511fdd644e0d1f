import type { Inngest } from "inngest";
import { indexPayloads as run } from "@/lib/maintenance/index-payloads";

/** Every minute: what a run leaves, the next one takes up. */
export function indexPayloads(client: Inngest) {
  return client.createFunction(
    { id: "index-payloads", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
    () => run(),
  );
}
