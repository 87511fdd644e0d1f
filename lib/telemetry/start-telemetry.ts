import { startMetrics, stopMetrics, type ThreadName } from "./metrics";
import { startTracing, stopTracing } from "./tracing";

/** Starts metrics and traces in this thread, if the settings ask for them. */
export async function startTelemetry(thread: ThreadName): Promise<void> {
  await Promise.all([startMetrics(thread), startTracing(thread)]);
}

/** Exports what is left, for a few seconds at most, and stops both. Never throws. */
export async function stopTelemetry(): Promise<void> {
  stopMetrics();
  await stopTracing();
}
