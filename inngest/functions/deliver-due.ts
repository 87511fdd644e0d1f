import type { Inngest } from "inngest";
import { deliverDue as deliver } from "@/lib/delivery/worker/deliver-due";
import { deliveriesDue } from "../events";

/**
 * When deliveries are due. A process has one drain at a time and a run that finds it ends at once, so the limit is one
 * of processes that drain side by side.
 */
export function deliverDue(client: Inngest) {
  return client.createFunction(
    { id: "deliver-due", triggers: [deliveriesDue], retries: 2, concurrency: 10 },
    () => deliver(),
  );
}
