import { settings } from "../platform/env";
import type { ThreadName } from "./metrics";
import type { Tracer } from "./tracer";

const holder = globalThis as { posthornTracer?: Tracer };

/** This thread's tracer; `null` if traces are off, which costs one check. */
export function tracer(): Tracer | null {
  return holder.posthornTracer ?? null;
}

/**
 * Starts creating and exporting spans in this thread, if `OTEL_EXPORTER_OTLP_ENDPOINT` is set. Otherwise no library
 * is loaded.
 */
export async function startTracing(thread: ThreadName): Promise<void> {
  const { traces, processId, tracesSampler } = settings();
  if (!traces || holder.posthornTracer) return;
  const { Tracer } = await import("./tracer");
  holder.posthornTracer ??= new Tracer(thread, { processId, hasSampler: tracesSampler !== null });
}

/** Exports what is left, for a few seconds at most, and stops. Never throws. */
export async function stopTracing(): Promise<void> {
  const { posthornTracer } = holder;
  delete holder.posthornTracer;
  await posthornTracer?.end();
}
