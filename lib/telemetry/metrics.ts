import { settings } from "../platform/env";
import type { Instruments } from "./instruments";

/** A thread that has metrics of its own. Those of the whole process are the main thread's. */
export type ThreadName = "main" | "front" | "delivery";

const holder = globalThis as { posthornMetrics?: Instruments };

/** What this thread counts with; `null` if metrics are off, which costs a look and nothing more. */
export function metrics(): Instruments | null {
  return holder.posthornMetrics ?? null;
}

/** Has this thread count, if `POSTHORN_METRICS_TOKEN` is set; else the library is not even loaded. */
export async function startMetrics(thread: ThreadName): Promise<void> {
  if (settings().metricsToken === null || holder.posthornMetrics) return;
  const { Instruments } = await import("./instruments");
  holder.posthornMetrics ??= new Instruments(thread);
}

/** Counts no more, and answers no other thread. */
export function stopMetrics(): void {
  holder.posthornMetrics?.close();
  delete holder.posthornMetrics;
}
