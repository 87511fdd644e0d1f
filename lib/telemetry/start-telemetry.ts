import { startMetrics, stopMetrics, type ThreadName } from "./metrics";
import { startTracing, stopTracing } from "./tracing";

/** Has this thread count and trace, as far as settings ask for it. */
export async function startTelemetry(thread: ThreadName): Promise<void> {
  await Promise.all([startMetrics(thread), startTracing(thread)]);
}

/** Exports what is left, for some seconds at most, and ends both. Never throws. */
export async function stopTelemetry(): Promise<void> {
  stopMetrics();
  await stopTracing();
}
