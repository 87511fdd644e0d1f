import { settings } from "../platform/env";
import type { Instruments } from "./instruments";

/** A thread with metrics of its own. Those of the whole process belong to the main thread. */
export type ThreadName = "main" | "front" | "delivery";

const holder = globalThis as { posthornMetrics?: Instruments };

/** This thread's metrics; `null` if metrics are off, which costs one check. */
export function metrics(): Instruments | null {
  return holder.posthornMetrics ?? null;
}

/** Starts counting in this thread, if `POSTHORN_METRICS_TOKEN` is set. Otherwise the library is not loaded. */
export async function startMetrics(thread: ThreadName): Promise<void> {
  if (settings().metricsToken === null || holder.posthornMetrics) return;
  const { Instruments } = await import("./instruments");
  holder.posthornMetrics ??= new Instruments(thread);
}

/** Stops counting, and answering other threads. */
export function stopMetrics(): void {
  holder.posthornMetrics?.close();
  delete holder.posthornMetrics;
}
