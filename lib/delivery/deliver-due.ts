import { Worker } from "node:worker_threads";
import { database } from "@/db/connection/database";
import { isEmailDue } from "@/db/queries/emails";
import { signalDue, signalEmails } from "../platform/signals";
import { closeAgent } from "./agent";
import { DeliveryThread } from "./delivery-thread";
import { drainDue } from "./drain";
import type { Drained } from "./thread-messages";
import { workerPool } from "./worker-pool";

const holder = globalThis as { posthornDeliveryThread?: DeliveryThread };

/**
 * Twice what is usual: a delivery under way lives for some 50 ms, and what outlives a collection is copied by it, or kept
 * for long.
 */
const maxYoungGenerationSizeMb = 96;

/** Gives deliveries a thread of their own in this process. */
export function startDeliveryThread(): void {
  holder.posthornDeliveryThread ??= new DeliveryThread(
    () =>
      new Worker(new URL("./thread.ts", import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb } }),
  );
}

/**
 * Delivers what is due (see `drainDue`), in the process's thread for it if that was started. Signals for what is left
 * after 20 seconds, and for emails about what came of the deliveries.
 */
export async function deliverDue(): Promise<Drained> {
  const drained = await (holder.posthornDeliveryThread?.deliver() ?? drainDue());
  if (drained.more) signalDue();
  if (drained.delivered > 0 && (await isEmailDue(database().db))) signalEmails();
  return drained;
}

/** Claims no more, finishes what is in flight and records it; what isn't done in time lapses with its lease. */
export async function stopDelivering(withinMs: number): Promise<void> {
  const thread = holder.posthornDeliveryThread;
  delete holder.posthornDeliveryThread;
  if (thread) return thread.stop(withinMs);
  await workerPool().stop(withinMs);
  await closeAgent();
}
