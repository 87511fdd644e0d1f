import { setTimeout as sleep } from "node:timers/promises";
import { makeEvent } from "./event.mjs";

const eventsPerBatch = 500;
/** A drain looks on for 2 s; the next one is to start from a signal. */
const settleMs = 3_000;

/**
 * Disables endpoints and publishes events to them in turns: each makes one delivery, which is held.
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("./endpoints.mjs").Endpoint[]} endpoints
 * @param {number} count
 */
export async function publishHeld({ posthorn }, endpoints, count) {
  for (const { id } of endpoints) await posthorn.request("POST", `/endpoints/${id}/disable`, {});
  for (let from = 0; from < count; from += eventsPerBatch) {
    const events = Array.from({ length: Math.min(eventsPerBatch, count - from) }, (_, place) =>
      makeEvent(endpoints[(from + place) % endpoints.length]?.type ?? ""),
    );
    await posthorn.request("POST", "/events/batch", { events });
  }
  await sleep(settleMs);
}

/**
 * Enables endpoints, so that what was held is sent.
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("./endpoints.mjs").Endpoint[]} endpoints
 */
export async function enableAll({ posthorn }, endpoints) {
  for (const { id } of endpoints) await posthorn.request("POST", `/endpoints/${id}/enable`, {});
}
