import { makeEvent } from "../support/event.mjs";
import { measurePublishing } from "../support/measure-publishing.mjs";

const eventsPerRequest = 100;

/**
 * Events in batches, over four connections, until they are delivered and recorded.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, events: number, say: (line: string) => void }} options `events` of a pair
 * @returns {Promise<import("../support/measure-publishing.mjs").PublishingResult>}
 */
export function measureBatch(stage, options) {
  return measurePublishing(stage, {
    ...options,
    name: "batch",
    route: "/events/batch",
    bodiesFor: (types) => {
      const events = Array.from({ length: eventsPerRequest }, (_, place) =>
        makeEvent(types[place % types.length] ?? ""),
      );
      return [JSON.stringify({ events })];
    },
    eventsPerRequest,
    connections: 4,
  });
}
