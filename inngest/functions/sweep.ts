import type { Inngest } from "inngest";
import { sweep as sweepNow } from "@/lib/maintenance/sweep";

/** Every minute, which is also the retry of the one before. */
export function sweep(client: Inngest) {
  return client.createFunction(
    { id: "sweep", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
    () => sweepNow(),
  );
}
