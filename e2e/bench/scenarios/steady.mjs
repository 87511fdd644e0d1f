import { setTimeout as sleep } from "node:timers/promises";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { bodyBytes } from "../support/event.mjs";
import { runPaced } from "../support/paced-load.mjs";
import { processorTimeEach, readProcessorTime } from "../support/processor-time.mjs";

const endpointCount = 20;
const eventsPerSecond = 500;
const eventsPerBatch = 50;
const warmUpSeconds = 5;
/** A drain looks on for 2 s. */
const settleMs = 3_000;
/** PostgreSQL's connections tell what they counted once a second. */
const updatesToldMs = 1_500;
/** What an open dashboard asks for, as often as it does. */
const dashboardRoutes = ["/deliveries?limit=50", "/endpoints"];
const dashboardPauseMs = 300;

/** @typedef {import("../support/memory.mjs").Memory} Memory */

/**
 * @typedef {object} SteadyResult
 * @property {number} eventsPerSecond
 * @property {number} eventsPerBatch
 * @property {number} endpoints
 * @property {number} seconds
 * @property {"pg_stat_statements" | "xact_commit"} statementsBy what counts: statements, with `begin` and `commit`, or
 *   transactions if the server lacks pg_stat_statements
 * @property {{ seconds: number, statementsPerSecond: number, memory: Memory }} idle before anything was published
 * @property {import("../support/paced-load.mjs").PacedResult} load
 * @property {import("../support/paced-load.mjs").PacedResult} oneByOne the same pace, an event a request, for a third of the time
 * @property {number} statementsPerDelivery all of the app's, the dashboard's requests included
 * @property {import("../support/processor-time.mjs").ProcessorTime} processorTime microseconds a delivery, all included
 * @property {{ perDelivery: number, heapOnlyShare: number }} updates rows updated, and the share of them (0 to 1) that
 *   touched no index
 * @property {number} bytesPerDelivery that its event (without the body), itself and its attempt take in the database
 * @property {(import("../workers/pace.mjs").WatchResult & { route: string })[]} dashboard
 * @property {Memory} memory at the end
 */

/**
 * Events at a steady pace, as on an ordinary day, with a dashboard open beside it; and before that, nothing at all.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ seconds: number, idleSeconds: number, say: (line: string) => void }} options
 * @returns {Promise<SteadyResult>}
 */
export async function measureSteady(stage, { seconds, idleSeconds, say }) {
  const { database, posthorn, pacer, receiver } = stage;
  const endpoints = await makeEndpoints(stage, {
    name: "steady",
    count: endpointCount,
    url: receiver.timedUrl,
  });
  await sleep(settleMs);
  const before = await database.countStatements();
  await sleep(idleSeconds * 1_000);
  const idle = {
    seconds: idleSeconds,
    statementsPerSecond: ((await database.countStatements()).count - before.count) / idleSeconds,
    memory: stage.noteMemory(),
  };
  say(`idle: ${idle.statementsPerSecond.toFixed(1)} statements/s`);

  const pace = { types: endpoints.map(({ type }) => type), eventsPerSecond, eventsPerBatch };
  // Not counted: everybody's code gets compiled.
  await runPaced(stage, { ...pace, seconds: warmUpSeconds });

  const bytesBefore = await database.countStoredBytes();
  const start = await database.countStatements();
  const updatesBefore = await database.countUpdates();
  const timeBefore = readProcessorTime(posthorn.pids);
  const watching = dashboardRoutes.map(async (route) => {
    const watch = { url: `${posthorn.api}${route}`, headers: posthorn.headers, pauseMs: dashboardPauseMs };
    return { route, ...(await pacer.watch(watch)) };
  });
  const [load, dashboard] = await Promise.all([
    runPaced(stage, { ...pace, seconds }).finally(pacer.stop),
    Promise.all(watching),
  ]);
  const timeAfter = readProcessorTime(posthorn.pids);
  const end = await database.countStatements();
  await sleep(updatesToldMs);
  const updates = await database.countUpdates();
  const updatedRows = updates.rows - updatesBefore.rows;
  const memory = stage.noteMemory();
  const bytes = (await database.countStoredBytes()) - bytesBefore;
  const oneByOne = await runPaced(stage, { ...pace, eventsPerBatch: 1, seconds: Math.ceil(seconds / 3) });
  await deleteEndpoints(stage, endpoints);
  say(
    `steady: ${load.events} events, publish p99 ${load.publish.p99Ms.toFixed(1)} ms, received p99 ${load.received.p99Ms} ms, ${load.missing} missing, ${load.repeated} repeated; one by one, publish p99 ${oneByOne.publish.p99Ms.toFixed(1)} ms`,
  );
  return {
    eventsPerSecond,
    eventsPerBatch,
    endpoints: endpointCount,
    seconds,
    statementsBy: start.by,
    idle,
    load,
    oneByOne,
    statementsPerDelivery: (end.count - start.count) / load.events,
    processorTime: processorTimeEach(timeBefore, timeAfter, load.events),
    updates: {
      perDelivery: updatedRows / load.events,
      heapOnlyShare: updatedRows === 0 ? 1 : (updates.heapOnly - updatesBefore.heapOnly) / updatedRows,
    },
    bytesPerDelivery: bytes / load.events - bodyBytes,
    dashboard,
    memory,
  };
}
