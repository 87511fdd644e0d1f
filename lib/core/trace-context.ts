/** A place in a trace (W3C Trace Context, section 3.2). */
export type TraceContext = {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits. */
  spanId: string;
  /** 8 bits; the lowest says whether the trace is sampled. */
  flags: number;
};

/** Future versions may add parts after the flags; `ff` is invalid. */
const form = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const lengthMax = 512;

/** Reads a `traceparent` header. An invalid one counts as not sent, as the standard requires: `null`. */
export function parseTraceparent(text: string | null): TraceContext | null {
  if (text === null || text.length > lengthMax) return null;
  const [, version, traceId, spanId, flags, more] = form.exec(text) ?? [];
  if (!traceId || !spanId || flags === undefined || (version === "00" && more !== undefined)) return null;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

/** The header of version 00. */
export function formatTraceparent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, "0")}`;
}
