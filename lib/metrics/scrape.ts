import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../platform/log";
import { metrics } from "../telemetry/metrics";
import { readFigures } from "./read-figures";

/** The time between two reads of the database, however often metrics are requested. */
const readEveryMs = 15_000;
/** Reads also take no more than this part of one connection's time, however large the installation is. */
const timeShareMax = 1 / 100;
/** How long a scrape waits for a read; a later result is shown by the next scrape. */
const readMsMax = 2_000;

type Looks = { running: Promise<void> | null; nextAt: number };
const holder = globalThis as { posthornMetricsLooks?: Looks };

/** The metrics of the process and of the database, in Prometheus' text format; `null` if metrics are off. */
export async function scrape(): Promise<{ contentType: string; text: string } | null> {
  const own = metrics();
  if (!own) return null;
  await Promise.race([look(), sleep(readMsMax, null, { ref: false })]);
  return own.collect();
}

/**
 * Reads the database's figures if it is time; never throws. One read at a time, even if the database does not answer.
 */
async function look(): Promise<void> {
  holder.posthornMetricsLooks ??= { running: null, nextAt: 0 };
  const looks = holder.posthornMetricsLooks;
  if (looks.running === null && performance.now() < looks.nextAt) return;
  looks.running ??= readNow(looks);
  return looks.running;
}

async function readNow(looks: Looks): Promise<void> {
  const startedAt = performance.now();
  const figures = await readFigures().catch((error: unknown) => {
    log().warn({ error }, "the figures for the metrics could not be read");
    return null;
  });
  metrics()?.database.set(figures);
  const endedAt = performance.now();
  looks.nextAt = startedAt + Math.max(readEveryMs, (endedAt - startedAt) / timeShareMax);
  looks.running = null;
}
