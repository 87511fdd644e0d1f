import { AppError } from "../core/errors";
import { formatTraceparent, parseTraceparent } from "../core/trace-context";
import { tracer } from "../telemetry/tracing";

/**
 * Publishes within a span, if traces are on.
 *
 * @param options.traceparent from the request; an invalid one counts as not sent
 * @param publish gets the `traceparent` that the events' deliveries continue: the span's; without traces the
 *   request's; `null` if there is neither, or the trace begins here and is not sampled
 */
export async function tracePublish<T>(
  options: { traceparent: string | null; workspace: string; events: { type: string }[] },
  publish: (traceparent: string | null) => Promise<T>,
): Promise<T> {
  const parent = parseTraceparent(options.traceparent);
  const given = parent && formatTraceparent(parent);
  const spans = tracer();
  if (!spans) return publish(given);
  const { workspace, events } = options;
  const types = [...new Set(events.map(({ type }) => type))];
  const span = spans.start("publish", {
    kind: "publish",
    parent: given,
    attributes: () => ({
      "messaging.batch.message_count": events.length,
      "posthorn.workspace": workspace,
      // A batch may have hundreds.
      ...(types.length === 1 ? { "posthorn.event.type": types[0] } : {}),
    }),
  });
  try {
    const published = await publish(span.sampled || given ? span.traceparent : null);
    span.end({ error: null });
    return published;
  } catch (error) {
    span.end({ error: error instanceof AppError ? error.code : "internal" });
    throw error;
  }
}
