import { count, interval, megabytes, milliseconds, perEach, row } from "./support/table.mjs";

/**
 * @param {import("./scenarios/steady.mjs").SteadyResult} steady
 * @returns {string[]} lines
 */
export function formatSteady({ eventsPerSecond, eventsPerBatch, endpoints, seconds, ...found }) {
  const {
    idle,
    load,
    oneByOne,
    dashboard,
    memory,
    bytesPerDelivery,
    statementsPerDelivery,
    statementsBy,
    updates,
  } = found;
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
      "publish, 1 event a request",
      milliseconds(oneByOne.publish.p50Ms),
      "",
      milliseconds(oneByOne.publish.p99Ms),
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
    `  ${count(load.events)} events: ${lost(load)}; one by one ${count(oneByOne.events)}: ${lost(oneByOne)}; app ${megabytes(memory.app)} MB, database ${megabytes(memory.database)} MB at the end`,
    `  ${counted} (${statementsBy}): ${statementsPerDelivery.toFixed(2)} a delivery, dashboard's included`,
    `  rows updated: ${updates.perDelivery.toFixed(2)} a delivery, ${Math.round(updates.heapOnlyShare * 100)} % of them heap-only`,
    ...perEach("delivery", found.processorTime?.app, found.processorTime?.database),
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
      othersRow(`${count(isolation.due)} due for one never answering`, isolation.summary),
      pairsLine(isolation),
    );
  }
  if (outage) {
    lines.push(
      othersRow(`${count(outage.held)} held sent to one`, outage.summary),
      `  sent in ${outage.summary.drainSeconds.mean.toFixed(1)} s: ${count(outage.held / outage.summary.drainSeconds.mean)}/s to one endpoint`,
      pairsLine(outage),
    );
  }
  return lines;
}

/**
 * @param {import("./scenarios/replay.mjs").ReplayResult} replay
 * @returns {string[]} lines
 */
export function formatReplay({ deliveries, runs }) {
  return [
    row(["a second, until recorded", "replay", "drain", "ratio"]),
    ...runs.flatMap(({ endpoints, pairs, summary: { replay, drain, ratio } }) => {
      const before = Math.max(...pairs.map(({ memory }) => memory.before));
      const most = Math.max(...pairs.map(({ memory }) => memory.most));
      return [
        row([
          `${count(deliveries)} over ${endpoints} endpoint${endpoints === 1 ? "" : "s"}`,
          count(replay.mean),
          count(drain.mean),
          ratio.mean.toFixed(2),
        ]),
        `  ratio ${interval(ratio, 2)} of ${pairs.length} pairs; app ${megabytes(before)} MB before, ${megabytes(most)} MB at most`,
      ];
    }),
  ];
}

/**
 * @param {import("./scenarios/schemas.mjs").SchemasResult} schemas
 * @returns {string[]} lines
 */
export function formatSchemas({
  requests,
  pairs,
  summary: { without, harmless, hostile, ratio, toHarmless },
}) {
  return [
    row(["another workspace's publish, p99 ms", "beside", "without", "ratio"]),
    row([
      `${requests} requests against ^(a+)+$`,
      milliseconds(hostile.mean),
      milliseconds(without.mean),
      ratio.mean.toFixed(2),
    ]),
    row([
      "as many against a harmless schema",
      milliseconds(harmless.mean),
      "",
      `${toHarmless.mean.toFixed(2)} of it`,
    ]),
    `  ratio ${interval(ratio, 2)} of ${pairs.length} pairs`,
  ];
}

/**
 * @param {import("./scenarios/signatures.mjs").SignaturesResult} signatures
 * @returns {string[]} lines
 */
export function formatSignatures({ deliveries, endpoints, kinds, skipped }) {
  return [
    row([`drain, ${count(deliveries)} over ${endpoints} endpoints`, "a second", "to hmac"]),
    ...kinds.map(({ kind, drain, ratio }) =>
      row([`signed by ${kind}`, count(drain.mean), ratio.mean.toFixed(2)]),
    ),
    ...skipped.map((kind) => row([`signed by ${kind}`, "refused", "–"])),
  ];
}

/**
 * @param {import("./scenarios/overload.mjs").OverloadResult} overload
 * @returns {string[]} lines
 */
export function formatOverload({ seconds, connections, capacity, offered, unsent, accepted, ...found }) {
  const list = (/** @type {Record<string, number>} */ counts) =>
    Object.entries(counts)
      .map(([name, number]) => `${count(number)} × ${name}`)
      .join(", ") || "none";
  const { refused, broken, acceptedLatency, lost, undelivered, memoryMax } = found;
  return [
    row([`overload, 10 × ${count(capacity)}/s for ${seconds} s`, "accepted/s", "p50 ms", "p99 ms"]),
    row([
      "accepted",
      count(accepted / seconds),
      milliseconds(acceptedLatency.p50Ms),
      milliseconds(acceptedLatency.p99Ms),
    ]),
    `  sent ${count(offered)} (${count(offered / seconds)}/s) over ${count(connections)} connections, ${count(unsent)} more found none free`,
    `  answered 202: ${count(accepted)}, of them not in the database: ${lost}, not delivered: ${undelivered}`,
    `  refused: ${list(refused)}`,
    `  without an answer: ${list(broken)}`,
    `  app ${megabytes(memoryMax)} MB at most, and alive`,
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
  summary: { one, two, ...ratios },
}) {
  const time = (/** @type {number | null} */ us) => (us === null ? "unknown" : `${Math.round(us)} us`);
  const { ratio, processorRatio } = ratios;
  return [
    row(["processes that deliver", "two", "one", "ratio"]),
    row([
      `drain of ${count(deliveries)}, a second`,
      count(two.drain),
      count(one.drain),
      ratio.mean.toFixed(2),
    ]),
    row([
      "processor time a delivery",
      time(two.processorUs),
      time(one.processorUs),
      processorRatio?.mean.toFixed(2) ?? "",
    ]),
    `  ${endpoints} endpoints that take 50 ms, ${concurrency} requests in flight of a process`,
    `  ratio ${interval(ratio, 2)} of ${pairs.length} pairs`,
  ];
}

/**
 * @param {string} name
 * @param {import("./support/others.mjs").OthersSummary} summary
 */
function othersRow(name, { besideP99Ms, withoutP99Ms, ratio }) {
  return row([name, milliseconds(besideP99Ms.mean), milliseconds(withoutP99Ms.mean), ratio.mean.toFixed(2)]);
}

/**
 * @param {{ pairs: import("./support/others.mjs").OthersPair[], summary: import("./support/others.mjs").OthersSummary }} found
 */
function pairsLine({ pairs, summary }) {
  const runs = pairs.flatMap(({ without, beside }) => [without, beside]);
  const sum = (/** @type {"missing" | "repeated"} */ name) => runs.reduce((all, run) => all + run[name], 0);
  return `  ratio ${interval(summary.ratio, 2)} of ${pairs.length} pairs; ${lost({ missing: sum("missing"), repeated: sum("repeated") })}`;
}

/** @param {{ missing: number, repeated: number }} counts */
function lost({ missing, repeated }) {
  return `${missing} missing, ${repeated} repeated`;
}
