import type { Inngest } from "inngest";
import { applyRetention as applyRetentionNow } from "@/lib/maintenance/apply-retention";

/** Daily: removes what is older than its workspace's retention. Repeating it removes what was left. */
export function applyRetention(client: Inngest) {
  return client.createFunction(
    {
      id: "apply-retention",
      triggers: [{ cron: "47 3 * * *" }],
      retries: 5,
      concurrency: 1,
      checkpointing: false,
    },
    async () => applyRetentionNow(),
  );
}
