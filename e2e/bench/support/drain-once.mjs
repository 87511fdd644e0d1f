import { setTimeout as sleep } from "node:timers/promises";
import { enableAll } from "./held.mjs";
import { processorTimeEach, readProcessorTime } from "./processor-time.mjs";
import { untilReceived } from "./receiver.mjs";

const patienceMs = 10 * 60_000;

/**
 * Times how what is due is sent, from the moment it is due to the last record.
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("./endpoints.mjs").Endpoint[]} endpoints
 * @param {number} count held until now, all of what is in the queue
 * @returns {Promise<{ drain: number, repeated: number, processorTime: import("./processor-time.mjs").ProcessorTime }>}
 *   deliveries a second; those sent more than once; microseconds a delivery
 */
export async function drainOnce(stage, endpoints, count) {
  const { database, posthorn, receiver } = stage;
  const before = await database.countSucceeded();
  await receiver.reset();
  const timeBefore = readProcessorTime(posthorn.pids);
  const startedAt = performance.now();
  await database.makeHeldDue();
  // Enabling one that is enabled changes nothing, and has the app look.
  await enableAll(stage, endpoints.slice(0, 1));
  if (!(await untilReceived(receiver, count, patienceMs)))
    throw new Error(`not all of ${count} deliveries came within ten minutes`);
  while (!(await database.isDrained())) await sleep(5);
  const drain = (count * 1_000) / (performance.now() - startedAt);
  const processorTime = processorTimeEach(timeBefore, readProcessorTime(posthorn.pids), count);

  stage.noteMemory();
  const succeeded = (await database.countSucceeded()) - before;
  if (succeeded !== count) throw new Error(`${count} deliveries were due, and ${succeeded} succeeded`);
  const { requests } = await receiver.counts();
  return { drain, repeated: requests - count, processorTime };
}
