import {
  type Attributes,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import packageJson from "../../package.json" with { type: "json" };
import { formatTraceparent, parseTraceparent } from "../core/trace-context";
import { log } from "../platform/log";
import type { ThreadName } from "./metrics";

/** An open span. */
export type OpenSpan = {
  /** For what continues the trace. */
  traceparent: string;
  /** Whether it is sampled and will be exported. */
  sampled: boolean;
  /** Ends it. `error` is a short code for what went wrong; `null` if nothing did. */
  end(result: { error: string | null; attributes?: Attributes }): void;
};

const kinds = { publish: SpanKind.SERVER, attempt: SpanKind.CLIENT };
/**
 * The share of traces that begin here and are kept, unless a setting says otherwise. A kept span costs a ninth of a
 * delivery, so all of them cost about one percent. To follow an event, send a `traceparent` that is sampled.
 */
const partKept = 0.1;
const exportMsMax = 3_000;
/** The collector may be down for long. */
const warnEveryMs = 60_000;

/**
 * Creates spans and exports them by OTLP over HTTP, with OpenTelemetry's SDK, which reads the standard variables. A
 * span's parent is passed explicitly and never taken from asynchronous context, which would slow every promise of the
 * process.
 */
export class Tracer {
  private readonly provider: BasicTracerProvider;
  private readonly spans;

  constructor(
    private readonly thread: ThreadName,
    { processId, hasSampler }: { processId: string; hasSampler: boolean },
  ) {
    diag.setLogger(warnSeldom(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    this.provider = new BasicTracerProvider({
      resource: defaultResource()
        .merge(
          resourceFromAttributes({
            "service.name": "posthorn",
            "service.version": packageJson.version,
            "service.instance.id": processId,
          }),
        )
        .merge(detectResources({ detectors: [envDetector] })),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
      ...(hasSampler
        ? {}
        : { sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(partKept) }) }),
    });
    this.spans = this.provider.getTracer("posthorn", packageJson.version);
  }

  /**
   * Opens a span.
   *
   * @param options.parent a `traceparent`; without a valid one, the span begins a trace
   */
  start(
    name: string,
    options: { kind: keyof typeof kinds; parent: string | null; attributes: () => Attributes },
  ): OpenSpan {
    const parent = parseTraceparent(options.parent);
    const context = parent
      ? trace.setSpanContext(ROOT_CONTEXT, {
          traceId: parent.traceId,
          spanId: parent.spanId,
          traceFlags: parent.flags,
          isRemote: true,
        })
      : ROOT_CONTEXT;
    const span = this.spans.startSpan(name, { kind: kinds[options.kind] }, context);
    const { traceId, spanId, traceFlags } = span.spanContext();
    const isRecording = span.isRecording();
    if (isRecording) span.setAttributes({ ...options.attributes(), "thread.name": this.thread });
    return {
      traceparent: formatTraceparent({ traceId, spanId, flags: traceFlags }),
      sampled: (traceFlags & 1) === 1,
      end: ({ error, attributes }) => {
        if (isRecording && attributes) span.setAttributes(attributes);
        if (error !== null) span.setAttribute("error.type", error).setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  /** Exports what is left, for a few seconds at most. Never throws. */
  async end(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, exportMsMax);
    });
    const ended = this.provider.shutdown().catch((error: unknown) => {
      log().warn({ error }, "the last spans could not be exported");
    });
    await Promise.race([ended, timeout]);
    clearTimeout(timer);
  }
}

/** Logs the SDK's messages, once a minute at most. */
function warnSeldom() {
  let warnedAt = Number.NEGATIVE_INFINITY;
  const warn = (message: string) => {
    if (performance.now() - warnedAt < warnEveryMs) return;
    warnedAt = performance.now();
    log().warn({ problem: message.slice(0, 500) }, "spans could not be exported");
  };
  const ignore = () => undefined;
  return { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
}
