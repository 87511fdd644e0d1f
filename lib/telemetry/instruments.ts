import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import packageJson from "../../package.json" with { type: "json" };
import { engineState } from "../platform/signals";
import { DatabaseGauges } from "./database-gauges";
import { DeliveryInstruments } from "./delivery-instruments";
import type { ThreadName } from "./metrics";
import { PlainHistogram } from "./plain-histogram";
import { registerThreadGauges } from "./thread-gauges";
import { ThreadSnapshots } from "./thread-snapshots";

/** For requests that publish: most take a few milliseconds, the slowest some seconds. */
const publishBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * The library's own metrics that are left out: event loops, because each thread has gauges of its own, and those that
 * are too detailed to be useful.
 */
const leftOut = /^nodejs_(eventloop_lag|active_|heap_space_)/;

/** The metrics of one thread, by Prometheus' client library. `collect` returns them merged with the other threads'. */
export class Instruments {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];
  readonly delivery = new DeliveryInstruments(this.registers);
  private readonly threads: ThreadSnapshots;
  private readonly stopThreadGauges: () => void;
  private databaseGauges: DatabaseGauges | null = null;

  private readonly events = new Counter({
    name: "posthorn_events_accepted_total",
    help: "Accepted events. One that repeats an idempotency key is counted once.",
    registers: this.registers,
  });
  private readonly deliveries = new Counter({
    name: "posthorn_deliveries_accepted_total",
    help: "Deliveries created for accepted events.",
    registers: this.registers,
  });
  private readonly publishRequests = new Counter({
    name: "posthorn_publish_requests_total",
    help: "Requests to publish one event or a batch, by response status.",
    labelNames: ["status"],
    registers: this.registers,
  });
  private readonly publishDuration = new PlainHistogram({
    name: "posthorn_publish_duration_seconds",
    help: "From a request to publish to its response.",
    buckets: publishBuckets,
    registers: this.registers,
  });
  private readonly refused = new Counter({
    name: "posthorn_requests_refused_total",
    help: "Requests refused before they were read, by what was requested (publish or others) and reason (busy: too many in progress; overload: POSTHORN_MEMORY_MAX_MB or POSTHORN_BACKLOG_SECONDS_MAX was exceeded).",
    labelNames: ["of", "reason"],
    registers: this.registers,
  });
  private readonly functionRuns = new Counter({
    name: "posthorn_function_runs_total",
    help: "Runs of background functions on the embedded engine, by result.",
    labelNames: ["function", "outcome"],
    registers: this.registers,
  });

  constructor(thread: ThreadName) {
    this.stopThreadGauges = registerThreadGauges(thread, this.registers);
    if (thread === "main") this.registerProcess();
    this.threads = new ThreadSnapshots(() => this.registry.getMetricsAsJSON());
  }

  /** Events were written, each with one delivery per receiver. */
  accepted(accepted: readonly { receivers: readonly unknown[] }[]): void {
    this.events.inc(accepted.length);
    this.deliveries.inc(accepted.reduce((sum, { receivers }) => sum + receivers.length, 0));
  }

  /** A request to publish was answered. */
  publishAnswered({ status, seconds }: { status: number; seconds: number }): void {
    this.publishRequests.inc({ status }, 1);
    this.publishDuration.add(seconds);
  }

  /** A request was answered 503 before it was read. It does not count towards the duration of publishing. */
  requestRefused(refused: { of: "publish" | "others"; reason: "busy" | "overload" }): void {
    this.refused.inc(refused);
    if (refused.of === "publish") this.publishRequests.inc({ status: 503 });
  }

  /** A background function ran on the embedded engine. */
  functionRan({ id, failed }: { id: string; failed: boolean }): void {
    this.functionRuns.inc({ function: id, outcome: failed ? "failed" : "succeeded" });
  }

  /** Gauges of the database, in the thread that answers scrapes. */
  get database(): DatabaseGauges {
    this.databaseGauges ??= new DatabaseGauges(this.registers);
    return this.databaseGauges;
  }

  /** The metrics of all threads in Prometheus' text format. */
  async collect(): Promise<{ contentType: string; text: string }> {
    const merged = await this.threads.merge();
    return { contentType: merged.contentType, text: await merged.metrics() };
  }

  close(): void {
    this.threads.close();
    this.stopThreadGauges();
    this.registry.clear();
  }

  /** What the process has once, not per thread: the main thread reports it. */
  private registerProcess(): void {
    collectDefaultMetrics({ register: this.registry });
    for (const { name } of this.registry.getMetricsAsArray()) {
      if (leftOut.test(name)) this.registry.removeSingleMetric(name);
    }
    // The library omits it when threads are merged, because it cannot know that only one thread has it.
    const startTime = this.registry.getSingleMetric("process_start_time_seconds");
    if (startTime) Object.assign(startTime, { aggregator: "first" });
    new Gauge({
      name: "posthorn_build_info",
      help: "Always 1, with the version as a label.",
      labelNames: ["version"],
      registers: this.registers,
    }).set({ version: packageJson.version }, 1);
    new Gauge({
      name: "posthorn_engine_started",
      help: "Whether the engine for background functions is running.",
      registers: this.registers,
      collect() {
        this.set(engineState().started ? 1 : 0);
      },
    });
    new Gauge({
      name: "posthorn_engine_last_sweep_timestamp_seconds",
      help: "When this process last swept the tables; 0 if never.",
      registers: this.registers,
      collect() {
        this.set((engineState().lastSweepAt?.getTime() ?? 0) / 1_000);
      },
    });
  }
}
