import type { Inngest } from "inngest";
import { indexPayloads as run } from "@/lib/maintenance/index-payloads";

/** Every minute: the next run continues where this one stops. */
export function indexPayloads(client: Inngest) {
  return client.createFunction(
    { id: "index-payloads", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
    () => run(),
  );
}
