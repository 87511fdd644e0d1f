import { makeEvent } from "../support/event.mjs";
import { measurePublishing } from "../support/measure-publishing.mjs";

/**
 * Events one a request, over 32 connections, until they are delivered and recorded.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, events: number, say: (line: string) => void }} options `events` of a pair
 * @returns {Promise<import("../support/measure-publishing.mjs").PublishingResult>}
 */
export function measureSingle(stage, options) {
  return measurePublishing(stage, {
    ...options,
    name: "single",
    route: "/events",
    bodiesFor: (types) => types.map((type) => JSON.stringify(makeEvent(type))),
    eventsPerRequest: 1,
    connections: 32,
  });
}
