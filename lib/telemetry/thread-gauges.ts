import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { Gauge, type Registry } from "prom-client";
import type { ThreadName } from "./metrics";
import { poolLoads } from "./pool-load";

/** How often the event loop is sampled, in milliseconds. */
const resolutionMs = 20;

/**
 * Gauges of a thread: its event loop since the last scrape, its heap, and its connection pools.
 *
 * @returns stops sampling the event loop
 */
export function registerThreadGauges(thread: ThreadName, registers: Registry[]): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  new Gauge({
    name: "posthorn_event_loop_delay_seconds",
    help: "The delay of a thread's event loop since the last scrape.",
    labelNames: ["thread", "stat"],
    registers,
    collect() {
      const late = (ns: number) => (Number.isFinite(ns) ? Math.max(0, ns / 1e6 - resolutionMs) / 1_000 : 0);
      this.set({ thread, stat: "p50" }, late(delay.percentile(50)));
      this.set({ thread, stat: "p99" }, late(delay.percentile(99)));
      this.set({ thread, stat: "max" }, late(delay.max));
      delay.reset();
    },
  });

  let before = performance.eventLoopUtilization();
  new Gauge({
    name: "posthorn_event_loop_utilization_ratio",
    help: "The share of time a thread was busy since the last scrape, 0 to 1.",
    labelNames: ["thread"],
    registers,
    collect() {
      const now = performance.eventLoopUtilization();
      this.set({ thread }, performance.eventLoopUtilization(now, before).utilization);
      before = now;
    },
  });

  new Gauge({
    name: "posthorn_heap_used_bytes",
    help: "Heap in use by a thread.",
    labelNames: ["thread"],
    registers,
    collect() {
      this.set({ thread }, getHeapStatistics().used_heap_size);
    },
  });

  registerPoolGauges(thread, registers);
  return () => delay.disable();
}

function registerPoolGauges(thread: ThreadName, registers: Registry[]): void {
  const labelNames = ["thread", "pool"] as const;
  const gauge = (name: string, help: string, read: (load: { inFlight: number; max: number }) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        for (const load of poolLoads()) this.set({ thread, pool: load.name }, read(load));
      },
    });
  gauge("posthorn_database_connections_max", "The maximum size of a connection pool.", ({ max }) => max);
  gauge(
    "posthorn_database_connections_in_use",
    "Connections in use by a statement or a transaction.",
    (load) => Math.min(load.inFlight, load.max),
  );
  gauge("posthorn_database_waiting", "Statements and transactions waiting for a connection.", (load) =>
    Math.max(0, load.inFlight - load.max),
  );
}
