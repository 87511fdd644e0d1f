import { count, megabytes, milliseconds, row } from "./support/table.mjs";

/**
 * @param {import("./scenarios/steady.mjs").SteadyResult} steady
 * @returns {string[]} lines
 */
export function formatSteady({ eventsPerSecond, eventsPerBatch, endpoints, seconds, ...found }) {
  const { idle, load, dashboard, memory, bytesPerDelivery, statementsPerDelivery, statementsBy } = found;
  const counted =
    statementsBy === "pg_stat_statements" ? "SQL statements with begin and commit" : "SQL transactions";
  return [
    row([`steady, ${eventsPerSecond}/s for ${seconds} s`, "p50 ms", "p95 ms", "p99 ms"]),
    row([
      `publish, ${eventsPerBatch} events a request`,
      milliseconds(load.publish.p50Ms),
      "",
      milliseconds(load.publish.p99Ms),
    ]),
    row([
      `publish to receipt, ${endpoints} endpoints`,
      milliseconds(load.received.p50Ms),
      "",
      milliseconds(load.received.p99Ms),
    ]),
    ...dashboard.map(({ route, p50Ms, p95Ms }) =>
      row([`dashboard: GET ${route}`, milliseconds(p50Ms), milliseconds(p95Ms)]),
    ),
    `  ${count(load.events)} events: ${lost(load)}; app ${megabytes(memory.app)} MB, database ${megabytes(memory.database)} MB at the end`,
    `  ${counted} (${statementsBy}): ${statementsPerDelivery.toFixed(2)} a delivery, dashboard's included`,
    `  ${count(bytesPerDelivery)} bytes a delivery in the database, with its event and its attempt, bodies left out`,
    `  idle before: ${idle.statementsPerSecond.toFixed(1)} a second over ${idle.seconds} s, app ${megabytes(idle.memory.app)} MB`,
  ];
}

/**
 * @param {object} found
 * @param {import("./scenarios/isolation.mjs").IsolationResult} [found.isolation]
 * @param {import("./scenarios/outage.mjs").OutageResult} [found.outage]
 * @returns {string[]} lines
 */
export function formatOthers({ isolation, outage }) {
  const lines = [row(["others' publish to receipt, p99 ms", "beside", "without", "ratio"])];
  if (isolation) {
    lines.push(
      othersRow(`${count(isolation.due)} due for one never answering`, isolation.median),
      pairsLine(isolation.pairs),
    );
  }
  if (outage) {
    lines.push(
      othersRow(`${count(outage.held)} held sent to one`, outage.median),
      `  sent in ${outage.median.drainSeconds.toFixed(1)} s: ${count(outage.held / outage.median.drainSeconds)}/s to one endpoint`,
      pairsLine(outage.pairs),
    );
  }
  return lines;
}

/**
 * @param {import("./scenarios/schemas.mjs").SchemasResult} schemas
 * @returns {string[]} lines
 */
export function formatSchemas({
  requests,
  pairs,
  median: { without, harmless, hostile, ratio, toHarmless },
}) {
  return [
    row(["another workspace's publish, p99 ms", "beside", "without", "ratio"]),
    row([
      `${requests} requests against ^(a+)+$`,
      milliseconds(hostile),
      milliseconds(without),
      ratio.toFixed(2),
    ]),
    row(["as many against a harmless schema", milliseconds(harmless), "", `${toHarmless.toFixed(2)} of it`]),
    `  ratio of each pair: ${pairs.map((pair) => pair.ratio.toFixed(2)).join(" ")}`,
  ];
}

/**
 * @param {import("./scenarios/signatures.mjs").SignaturesResult} signatures
 * @returns {string[]} lines
 */
export function formatSignatures({ deliveries, endpoints, kinds, skipped }) {
  return [
    row([`drain, ${count(deliveries)} over ${endpoints} endpoints`, "a second", "to hmac"]),
    ...kinds.map(({ kind, drain, ratio }) => row([`signed by ${kind}`, count(drain), ratio.toFixed(2)])),
    ...skipped.map((kind) => row([`signed by ${kind}`, "refused", "–"])),
  ];
}

/**
 * @param {import("./scenarios/claims.mjs").ClaimsResult} claims
 * @returns {string[]} lines
 */
export function formatClaims({ endpoints, pending, dead, claims, ...found }) {
  const { p50Ms, p99Ms, takenPerClaim, claimsUntilAllHadTurn, deadLeased } = found;
  const turns =
    claimsUntilAllHadTurn === null
      ? "not all of the others had their turn"
      : `all others had their turn after ${claimsUntilAllHadTurn} claims`;
  return [
    row(["a claim", "p50 ms", "p99 ms", "taken"]),
    row([`${count(pending)} due`, milliseconds(p50Ms), milliseconds(p99Ms), takenPerClaim.toFixed(0)]),
    `  ${count(endpoints)} endpoints, ${count(dead)} due for a dead one; ${count(claims)} claims`,
    `  ${turns}; the dead one kept ${deadLeased} slots`,
  ];
}

/**
 * @param {import("./scenarios/processes.mjs").ProcessesResult} processes
 * @returns {string[]} lines
 */
export function formatProcesses({
  deliveries,
  endpoints,
  concurrency,
  pairs,
  median: { one, two, ...ratios },
}) {
  const time = (/** @type {number | null} */ us) => (us === null ? "unknown" : `${Math.round(us)} us`);
  const { ratio, processorRatio } = ratios;
  return [
    row(["processes that deliver", "two", "one", "ratio"]),
    row([`drain of ${count(deliveries)}, a second`, count(two.drain), count(one.drain), ratio.toFixed(2)]),
    row([
      "processor time a delivery",
      time(two.processorUs),
      time(one.processorUs),
      processorRatio?.toFixed(2) ?? "",
    ]),
    `  ${endpoints} endpoints that take 50 ms, ${concurrency} requests in flight of a process`,
    `  ratio of each pair: ${pairs.map((pair) => pair.ratio.toFixed(2)).join(" ")}`,
  ];
}

/**
 * @param {string} name
 * @param {import("./support/others.mjs").OthersMedian} median
 */
function othersRow(name, { besideP99Ms, withoutP99Ms, ratio }) {
  return row([name, milliseconds(besideP99Ms), milliseconds(withoutP99Ms), ratio.toFixed(2)]);
}

/** @param {import("./support/others.mjs").OthersPair[]} pairs */
function pairsLine(pairs) {
  const runs = pairs.flatMap(({ without, beside }) => [without, beside]);
  const sum = (/** @type {"missing" | "repeated"} */ name) => runs.reduce((all, run) => all + run[name], 0);
  const ratios = pairs.map(({ ratio }) => ratio.toFixed(2)).join(" ");
  return `  ratio of each pair: ${ratios}; ${lost({ missing: sum("missing"), repeated: sum("repeated") })}`;
}

/** @param {{ missing: number, repeated: number }} counts */
function lost({ missing, repeated }) {
  return `${missing} missing, ${repeated} repeated`;
}
