import os from "node:os";
import { formatLog } from "./format-log.mjs";
import { formatPublishing } from "./format-publishing.mjs";
import {
  formatClaims,
  formatOthers,
  formatOverload,
  formatProcesses,
  formatReplay,
  formatSchemas,
  formatSignatures,
  formatSteady,
} from "./format-scenarios.mjs";
import { count, interval, megabytes, perEach, row } from "./support/table.mjs";

/**
 * What the scenarios found; one that was not asked for is missing.
 * @typedef {object} Measured
 * @property {import("./scenarios/drain.mjs").DrainResult} [drain]
 * @property {import("./support/measure-publishing.mjs").PublishingResult} [single]
 * @property {import("./support/measure-publishing.mjs").PublishingResult} [batch]
 * @property {import("./scenarios/steady.mjs").SteadyResult} [steady]
 * @property {import("./scenarios/isolation.mjs").IsolationResult} [isolation]
 * @property {import("./scenarios/outage.mjs").OutageResult} [outage]
 * @property {import("./scenarios/replay.mjs").ReplayResult} [replay]
 * @property {import("./scenarios/schemas.mjs").SchemasResult} [schemas]
 * @property {import("./scenarios/signatures.mjs").SignaturesResult} [signatures]
 * @property {import("./scenarios/overload.mjs").OverloadResult} [overload]
 * @property {import("./scenarios/claims.mjs").ClaimsResult} [claims]
 * @property {import("./scenarios/processes.mjs").ProcessesResult} [processes]
 * @property {import("./scenarios/log.mjs").LogResult} [log]
 */

/**
 * @typedef {{ cpus: number, model: string, memoryBytes: number, node: string, system: string, loadBefore: number }} Machine
 *   `loadBefore`: the system's load average of a minute, before anything was started
 */

/**
 * All that one run of the benchmarks found.
 * @typedef {object} Surroundings
 * @property {{ idle: import("./support/memory.mjs").Memory, most: import("./support/memory.mjs").Memory }} memory
 *   bytes; `most` as read after each round
 */

/** @typedef {Surroundings & Measured} BenchReport */

/** @returns {Machine} */
export function describeMachine() {
  return {
    cpus: os.availableParallelism(),
    model: os.cpus()[0]?.model.trim() ?? "",
    memoryBytes: os.totalmem(),
    node: process.versions.node,
    system: `${os.type()} ${os.release()}`,
    loadBefore: os.loadavg()[0] ?? 0,
  };
}

/** @param {Machine} machine */
export function formatMachine({ cpus, model, memoryBytes, node, loadBefore }) {
  const memory = Math.round(memoryBytes / 2 ** 30);
  return `${cpus} cores (${model}), ${memory} GB, Node ${node}, load before ${loadBefore.toFixed(1)}`;
}

/**
 * The report for people, in at most 100 columns.
 * @param {BenchReport} report
 */
export function formatReport({ memory, ...measured }) {
  const {
    drain,
    single,
    batch,
    steady,
    isolation,
    outage,
    replay,
    schemas,
    signatures,
    overload,
    claims,
    processes,
    log,
  } = measured;
  /** @type {string[]} */
  const lines = [];
  if (drain || single || batch)
    lines.push(row(["a second", "Posthorn", "baseline", "ratio", "p50 ms", "p99 ms"]));
  if (drain) {
    const { deliveries, endpoints, summary, pairs } = drain;
    lines.push(
      row([
        `drain, ${count(deliveries)} over ${endpoints} endpoints`,
        count(summary.drain.mean),
        count(summary.ceiling.mean),
        summary.ratio.mean.toFixed(2),
      ]),
      `  ceiling: undici POST, 64 at a time; ratio ${interval(summary.ratio, 3)}`,
      ...perEach("delivery", summary.app?.mean, summary.database?.mean),
    );
    const repeated = pairs.reduce((sum, pair) => sum + pair.repeated, 0);
    if (repeated > 0) lines.push(`  sent more than once: ${repeated}`);
  }
  if (single) lines.push(...formatPublishing("single", single));
  if (batch) lines.push(...formatPublishing("batch", batch));
  if (steady) lines.push("", ...formatSteady(steady));
  if (isolation || outage) lines.push("", ...formatOthers({ isolation, outage }));
  if (replay) lines.push("", ...formatReplay(replay));
  if (schemas) lines.push("", ...formatSchemas(schemas));
  if (signatures) lines.push("", ...formatSignatures(signatures));
  if (overload) lines.push("", ...formatOverload(overload));
  if (claims) lines.push("", ...formatClaims(claims));
  if (processes) lines.push("", ...formatProcesses(processes));
  if (log) lines.push("", ...formatLog(log));
  lines.push(
    "",
    row(["memory, MB", "app", "database"]),
    row(["idle", megabytes(memory.idle.app), megabytes(memory.idle.database)]),
    row(["most", megabytes(memory.most.app), megabytes(memory.most.database)]),
  );
  return lines.join("\n").trim();
}
