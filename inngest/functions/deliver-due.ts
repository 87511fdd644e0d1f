import type { Inngest } from "inngest";
import { deliverDue as deliver } from "@/lib/delivery/worker/deliver-due";
import { deliveriesDue } from "../events";

/**
 * When deliveries are due. A process runs one drain at a time, and a run that finds one ends at once, so the limit is
 * the number of processes that drain concurrently.
 */
export function deliverDue(client: Inngest) {
  return client.createFunction(
    { id: "deliver-due", triggers: [deliveriesDue], retries: 2, concurrency: 10 },
    () => deliver(),
  );
}
