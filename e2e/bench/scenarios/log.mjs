import { setTimeout as sleep } from "node:timers/promises";
import { writeKeptLog } from "../support/kept-log.mjs";
import { openLatencies } from "../support/latencies.mjs";
import { logRequests } from "../support/log-requests.mjs";
import { readMemory } from "../support/memory.mjs";
import { apiOf } from "../support/posthorn.mjs";
import { untilReceived } from "../support/receiver.mjs";

/** @typedef {import("../support/log-requests.mjs").AskedLog} AskedLog */
/** @typedef {import("../support/log-requests.mjs").Figure} Figure */
/** @typedef {ReturnType<typeof import("../support/posthorn.mjs").apiOf>} Api */
/**
 * What a kind of request took. `answer`: what the last one found.
 * @typedef {{ name: string, figure: Figure, requests: number, p50Ms: number, p95Ms: number, maxMs: number, answer: string }} LogTimes
 */
/**
 * @typedef {object} LogResult
 * @property {number} deliveries
 * @property {{ seconds: number }} indexed until all payloads were
 * @property {number} bytes that events, deliveries and attempts take, bodies and indexes included
 * @property {LogTimes[]} times
 * @property {{ p50Ms: number, maxMs: number }} groups from an event's last answer until it is in its failure group
 * @property {{ rows: number, bytes: number, seconds: number, memory: ExportMemory }} exported
 */
/**
 * Bytes that the app held before, and while all was exported: the median of each fifth of it. The last ones say whether it
 * grows with the rows, whatever a single reading meets of garbage.
 * @typedef {{ before: number, fifths: number[], after: number }} ExportMemory
 */

const filledEndpoints = 20;
const scopes = [
  "endpoints:read",
  "endpoints:write",
  "events:read",
  "events:write",
  "deliveries:read",
  "payloads:read",
];
const dayMs = 86_400_000;
/** Not counted: each connection plans its statements, and code gets compiled. */
const warmUpRequests = 5;
/** A kind of request that is slow is asked for less often. */
const msPerKind = 15_000;
const groupRounds = 5;
/** Less than make a webhook back off. */
const eventsPerGroup = 4;
const groupPatienceMs = 30_000;
const memoryReadMs = 200;
const indexReadMs = 1_000;

/**
 * How fast the event log and the overviews answer, one request after the other, over a log of four weeks, and what an
 * export of all of it takes.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ deliveries: number, requests: number, keep: import("../options.mjs").Keep | undefined,
 *   say: (line: string) => void }} options `requests`: of each kind, at most; `keep`: where a filled log is to stay
 * @returns {Promise<LogResult>}
 */
export async function measureLog(stage, { deliveries, requests, keep, say }) {
  const { api, log } = keep?.log ? reopen(stage, keep.log, say) : await fill(stage, deliveries, keep);
  const bytes = await stage.database.countStoredBytes();
  if (!keep?.log) say(`log: ${deliveries} deliveries are filled in`);
  const indexed = await untilIndexed(api);
  say(`log: their payloads are indexed after ${indexed.seconds.toFixed(0)} s`);
  /** @type {LogTimes[]} */
  const times = [];
  for (const request of logRequests(log)) {
    const found = await time(api, request, requests);
    times.push(found);
    say(
      `log: ${found.name}: p50 ${found.p50Ms.toFixed(1)} ms, p95 ${found.p95Ms.toFixed(1)} ms (${found.answer})`,
    );
  }
  const groups = await measureGroups(stage, api);
  const exported = await exportAll(stage, api);
  stage.noteMemory();
  return { deliveries, bytes, indexed, times, groups, exported };
}

/**
 * Waits for the index of payloads, which is filled in the background.
 * @param {Api} api
 * @returns {Promise<{ seconds: number }>}
 */
async function untilIndexed(api) {
  const startedAt = performance.now();
  for (;;) {
    const { payloadIndex } = await api.request("GET", "/deliveries?q=nobody&limit=1");
    const seconds = (performance.now() - startedAt) / 1_000;
    if (payloadIndex && /** @type {{ from: string | null }} */ (payloadIndex).from === null)
      return { seconds };
    await sleep(indexReadMs);
  }
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("../support/kept-log.mjs").KeptLog} kept
 * @param {(line: string) => void} say
 * @returns {{ api: Api, log: AskedLog }}
 */
function reopen({ posthorn }, { deliveries, filledAt, apiKey, log }, say) {
  say(`log: ${deliveries} deliveries were filled in at ${filledAt}`);
  return { api: apiOf(rootOf(posthorn), apiKey), log };
}

/** @param {import("../support/posthorn.mjs").Posthorn} posthorn */
const rootOf = ({ api }) => api.replace(/\/api\/v1$/, "");

/**
 * Fills the log of a workspace of its own.
 * @param {import("../stage.mjs").Stage} stage
 * @param {number} deliveries
 * @param {import("../options.mjs").Keep | undefined} keep
 * @returns {Promise<{ api: Api, log: AskedLog }>}
 */
async function fill(stage, deliveries, keep) {
  const { database, posthorn, receiver } = stage;
  const { id: workspaceId, apiKey } = await database.addWorkspace(scopes);
  await database.setEndpointLimit(1_000);
  const api = apiOf(rootOf(posthorn), apiKey);
  // Nothing is published to them beside what is filled in.
  const eventTypes = ["filled.type_0"];
  /** @type {string[]} */
  const endpoints = [];
  for (let number = 0; number < filledEndpoints; number += 1) {
    endpoints.push(String((await api.request("POST", "/endpoints", { url: receiver.url, eventTypes })).id));
  }
  const worker = stage.startWorker("fill-log.mjs");
  const endpointIds = endpoints.map(bareId);
  const params = { databaseUrl: posthorn.databaseUrl, workspaceId, endpointIds, deliveries };
  const filled = /** @type {import("../workers/fill-log.mjs").Filled} */ (await worker.call("fill", params));
  await worker.stop();
  const endpoint = (/** @type {number} */ place) => endpoints[place] ?? "";
  const { placesOf } = filled;
  const oldFrom = Date.parse(filled.from) + 7 * dayMs;
  const found = {
    endpoints: {
      busy: endpoint(placesOf.busy),
      failing: endpoint(placesOf.failing),
      holding: endpoint(placesOf.holding),
      quiet: endpoint(placesOf.quiet),
    },
    samples: filled.samples.map((one) => ({
      deliveryId: publicId("dlv", one.deliveryId),
      eventId: publicId("evt", one.eventId),
      idempotencyKey: one.idempotencyKey,
    })),
    failureGroupIds: filled.failureGroupIds.map((id) => publicId("fgr", id)),
    replayId: publicId("rpl", filled.replayId),
    oldDay: { from: new Date(oldFrom).toISOString(), to: new Date(oldFrom + dayMs).toISOString() },
    types: { rare: filled.rareType, unused: filled.unusedType },
  };
  const log = { ...found, page100: await findPage(api, 100) };
  if (keep) writeKeptLog(keep.dir, { deliveries, postgres: keep.postgres, apiKey, log });
  return { api, log };
}

/** @param {string} id a UUID's digits follow the prefix */
const bareId = (id) => id.slice(id.indexOf("_") + 1).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/**
 * @param {string} prefix
 * @param {string} uuid
 */
const publicId = (prefix, uuid) => `${prefix}_${uuid.replaceAll("-", "")}`;

/**
 * Goes through the log, page by page.
 * @param {Api} api
 * @param {number} number of the page
 * @returns {Promise<string>} its cursor
 */
async function findPage(api, number) {
  let cursor = "";
  for (let page = 1; page < number; page += 1) {
    const { nextCursor } = await api.request("GET", `/deliveries${cursor && `?cursor=${cursor}`}`);
    if (typeof nextCursor !== "string") throw new Error(`the log ends at page ${page}`);
    cursor = nextCursor;
  }
  return cursor;
}

/**
 * @param {Api} api
 * @param {import("../support/log-requests.mjs").LogRequest} request
 * @param {number} times at most
 * @returns {Promise<LogTimes>}
 */
async function time(api, { name, figure, route }, times) {
  const latencies = openLatencies();
  const stopAt = performance.now() + msPerKind;
  let maxMs = 0;
  let requests = 0;
  let answer = "";
  for (let turn = 0; turn < warmUpRequests + times; turn += 1) {
    const startedAt = performance.now();
    const found = await api.request("GET", route(turn));
    const now = performance.now();
    answer = whatIs(found);
    if (turn < warmUpRequests) continue;
    requests += 1;
    latencies.record(now - startedAt);
    maxMs = Math.max(maxMs, now - startedAt);
    if (now > stopAt) break;
  }
  const [p50Ms, p95Ms] = [latencies.percentileMs(0.5), latencies.percentileMs(0.95)];
  return { name, figure, requests, p50Ms, p95Ms, maxMs, answer };
}

/** @param {Record<string, unknown>} found */
function whatIs({ data, lookedBackTo, countedFrom }) {
  const rows = Array.isArray(data) ? `${data.length} rows` : "found";
  const until = lookedBackTo ?? countedFrom;
  return until ? `${rows}, back to ${until}` : rows;
}

/**
 * How long a failure takes to be counted in its group: events to webhooks that are all answered 500.
 * @param {import("../stage.mjs").Stage} stage
 * @param {Api} api
 */
async function measureGroups({ receiver }, api) {
  const latencies = openLatencies();
  let maxMs = 0;
  for (let round = 1; round <= groupRounds; round += 1) {
    const type = `bench.refused_${round}`;
    const { id } = await api.request("POST", "/endpoints", { url: receiver.refusingUrl, eventTypes: [type] });
    await receiver.reset();
    const events = Array.from({ length: eventsPerGroup }, () => ({ type, data: {} }));
    await api.request("POST", "/events/batch", { events });
    if (!(await untilReceived(receiver, eventsPerGroup, groupPatienceMs)))
      throw new Error("nothing was sent");
    const startedAt = performance.now();
    while ((await countGrouped(api, String(id))) < eventsPerGroup) {
      if (performance.now() - startedAt > groupPatienceMs) throw new Error("failures are in no group");
      await sleep(20);
    }
    const ms = performance.now() - startedAt;
    latencies.record(ms);
    maxMs = Math.max(maxMs, ms);
    // A log that is kept would try them again in a later run.
    await api.request("DELETE", `/endpoints/${id}`);
  }
  return { p50Ms: latencies.percentileMs(0.5), maxMs };
}

/**
 * @param {Api} api
 * @param {string} endpointId
 */
async function countGrouped(api, endpointId) {
  const { total } = /** @type {{ total: { deliveries: number } }} */ (
    /** @type {unknown} */ (await api.request("GET", `/failure-groups?endpointId=${endpointId}`))
  );
  return total.deliveries;
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {Api} api
 * @returns {Promise<LogResult["exported"]>}
 */
async function exportAll({ posthorn }, { api, headers }) {
  const readApp = () => readMemory(posthorn.pids).app;
  const before = readApp();
  /** @type {{ bytes: number, memory: number }[]} */
  const readings = [];
  const startedAt = performance.now();
  const response = await fetch(`${api}/deliveries/export?format=ndjson`, { headers });
  if (!response.ok || !response.body) throw new Error(`the export was answered ${response.status}`);
  let [rows, bytes, readAt] = [0, 0, 0];
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    for (const byte of chunk) if (byte === 10) rows += 1;
    if (performance.now() - readAt < memoryReadMs) continue;
    readAt = performance.now();
    readings.push({ bytes, memory: readApp() });
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const fifths = Array.from({ length: 5 }, (_, fifth) => {
    const own = readings.filter((one) => Math.min(4, Math.floor((one.bytes / bytes) * 5)) === fifth);
    return medianOf(own.map(({ memory }) => memory)) ?? before;
  });
  const memory = { before, fifths, after: readApp() };
  return { rows, bytes, seconds, memory };
}

/** @param {number[]} values */
const medianOf = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
