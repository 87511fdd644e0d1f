import { settings } from "../platform/env";
import type { ThreadName } from "./metrics";
import type { Tracer } from "./tracer";

const holder = globalThis as { posthornTracer?: Tracer };

/** What this thread makes spans by; `null` if traces are off, which costs a look and nothing more. */
export function tracer(): Tracer | null {
  return holder.posthornTracer ?? null;
}

/** Has this thread make spans and export them, if `OTEL_EXPORTER_OTLP_ENDPOINT` is set; else no library is loaded. */
export async function startTracing(thread: ThreadName): Promise<void> {
  const { traces, processId, tracesSampler } = settings();
  if (!traces || holder.posthornTracer) return;
  const { Tracer } = await import("./tracer");
  holder.posthornTracer ??= new Tracer(thread, { processId, hasSampler: tracesSampler !== null });
}

/** Exports what is left, for some seconds at most, and ends. Never throws. */
export async function stopTracing(): Promise<void> {
  const { posthornTracer } = holder;
  delete holder.posthornTracer;
  await posthornTracer?.end();
}
