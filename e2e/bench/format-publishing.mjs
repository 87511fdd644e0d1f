import { count, interval, milliseconds, perEach, row } from "./support/table.mjs";

/**
 * @param {string} name
 * @param {import("./support/measure-publishing.mjs").PublishingResult} result
 * @returns {string[]} lines
 */
export function formatPublishing(name, { eventsPerRequest, connections, endpoints, fresh, summary }) {
  const { accepted, recorded, bare, ratio, p50Ms, p99Ms, app, database } = summary;
  const request = eventsPerRequest === 1 ? "1 event" : `${eventsPerRequest} events`;
  const slower = (recorded.mean / fresh.recorded).toFixed(2);
  const lines = [
    row([
      `${name}, ${request} a request`,
      count(accepted.mean),
      count(bare.mean),
      ratio.mean.toFixed(2),
      milliseconds(p50Ms.mean),
      milliseconds(p99Ms.mean),
    ]),
    row(["until delivered and recorded", count(recorded.mean)]),
    `  bare Node server that parses the JSON; ${connections} connections; ratio ${interval(ratio, 3)}`,
    `  each event goes to one of ${endpoints} endpoints, one delivery; until recorded ${interval(recorded, 0)} a second`,
    `  first ${count(fresh.events)} of a fresh process: ${count(fresh.recorded)}/s, later ones ${slower} times as fast`,
  ];
  lines.push(...perEach("event", app?.mean, database?.mean));
  if (app && fresh.processorTime) {
    const later = (fresh.processorTime.app / app.mean).toFixed(2);
    lines.push(
      `  of these first ones: app ${milliseconds(fresh.processorTime.app / 1_000, 2)} ms, ${later} of later ones`,
    );
  }
  return lines;
}
