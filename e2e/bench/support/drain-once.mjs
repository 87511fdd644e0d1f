import { setTimeout as sleep } from "node:timers/promises";
import { enableAll } from "./held.mjs";
import { untilReceived } from "./receiver.mjs";

const patienceMs = 10 * 60_000;

/**
 * Times how what is due is sent, from the moment it is due to the last record.
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("./endpoints.mjs").Endpoint[]} endpoints
 * @param {number} count held until now, all of what is in the queue
 * @returns {Promise<{ drain: number, repeated: number }>} deliveries a second; those sent more than once
 */
export async function drainOnce(stage, endpoints, count) {
  const { database, receiver } = stage;
  const before = await database.countSucceeded();
  await receiver.reset();
  const startedAt = performance.now();
  await database.makeHeldDue();
  // Enabling one that is enabled changes nothing, and has the app look.
  await enableAll(stage, endpoints.slice(0, 1));
  if (!(await untilReceived(receiver, count, patienceMs)))
    throw new Error(`not all of ${count} deliveries came within ten minutes`);
  while (!(await database.isDrained())) await sleep(5);
  const drain = (count * 1_000) / (performance.now() - startedAt);

  stage.noteMemory();
  const succeeded = (await database.countSucceeded()) - before;
  if (succeeded !== count) throw new Error(`${count} deliveries were due, and ${succeeded} succeeded`);
  const { requests } = await receiver.counts();
  return { drain, repeated: requests - count };
}
