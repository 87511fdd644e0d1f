import type { Inngest } from "inngest";
import { deliverDue as deliver } from "@/lib/delivery/deliver-due";
import { areEmailsDue } from "@/lib/notifications/are-emails-due";
import { signalEmails } from "@/lib/platform/signals";
import { deliveriesDue } from "../events";

/**
 * Delivers what is due, for 20 seconds at most, and passes on to a run of its own when more is.
 *
 * One process never drains twice at once: a run that finds a drain here pokes it and ends at once, so runs are
 * short where they are many. The limit is therefore one of processes: ten can drain side by side, and since
 * each sends at most ten signals a second, and none while it drains, no queue of runs grows behind them.
 * The drain is not a step: a run is one request, and repeating it is harmless.
 */
export function deliverDue(client: Inngest) {
  return client.createFunction(
    {
      id: "deliver-due",
      triggers: [deliveriesDue],
      retries: 2,
      concurrency: 10,
      // A drain's request may last 20 s; nothing in it is worth saving in between.
      checkpointing: false,
    },
    async () => {
      const { delivered, more } = await deliver();
      if (more) await client.send(deliveriesDue.create({}));
      // What came of these deliveries may be news to somebody.
      if (delivered > 0 && (await areEmailsDue())) signalEmails();
      return { delivered, more };
    },
  );
}
