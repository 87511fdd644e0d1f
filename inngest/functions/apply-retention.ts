import type { Inngest } from "inngest";
import { applyRetention as apply } from "@/lib/maintenance/apply-retention";

/** Daily. */
export function applyRetention(client: Inngest) {
  return client.createFunction(
    { id: "apply-retention", triggers: [{ cron: "47 3 * * *" }], retries: 5, concurrency: 1 },
    () => apply(),
  );
}
