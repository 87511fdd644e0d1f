import { drainOnce } from "../support/drain-once.mjs";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { bodyBytes } from "../support/event.mjs";
import { publishHeld } from "../support/held.mjs";
import { summarize } from "../support/summarize.mjs";
import { summarizeProcessorTime } from "../support/summarize-processor-time.mjs";

const endpointCount = 20;
const ceilingConnections = 64;

/**
 * @typedef {object} DrainPair
 * @property {number} ceiling requests a second of a bare HTTP client
 * @property {number} drain deliveries a second, until recorded
 * @property {number} ratio
 * @property {number} repeated deliveries that were sent more than once
 * @property {import("../support/processor-time.mjs").ProcessorTime} processorTime microseconds a delivery
 * @property {number} bytesPerDelivery that its event (without the body), itself and its attempt take in the database
 */

/** @typedef {import("../support/summarize.mjs").Summary} Summary */

/**
 * @typedef {object} DrainResult
 * @property {number} deliveries
 * @property {number} endpoints
 * @property {DrainPair[]} pairs
 * @property {{ ceiling: Summary, drain: Summary, ratio: Summary, app: Summary | null, database: Summary | null }} summary
 *   `app`, `database`: processor time, microseconds a delivery
 */

/**
 * How fast what is due is sent and recorded, beside how fast a bare HTTP client could send it. What is due was
 * published while the endpoints were disabled; the time runs from enabling the first to the last record.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, deliveries: number, say: (line: string) => void }} options
 * @returns {Promise<DrainResult>}
 */
export async function measureDrain(stage, { pairs, deliveries, say }) {
  const endpoints = await makeEndpoints(stage, {
    name: "drain",
    count: endpointCount,
    url: stage.receiver.url,
  });
  // The first round is not counted: everybody's code gets compiled.
  await measurePair(stage, endpoints, Math.ceil(deliveries / 5));

  /** @type {DrainPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    const pair = await measurePair(stage, endpoints, deliveries);
    measured.push(pair);
    say(
      `drain ${number}/${pairs}: ceiling ${Math.round(pair.ceiling)}/s, drain ${Math.round(pair.drain)}/s, ratio ${pair.ratio.toFixed(3)}, ${Math.round(pair.bytesPerDelivery)} bytes a delivery`,
    );
  }
  await deleteEndpoints(stage, endpoints);
  return {
    deliveries,
    endpoints: endpointCount,
    pairs: measured,
    summary: {
      ceiling: summarize(measured.map(({ ceiling }) => ceiling)),
      drain: summarize(measured.map(({ drain }) => drain)),
      ratio: summarize(measured.map(({ ratio }) => ratio)),
      ...summarizeProcessorTime(measured),
    },
  };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("../support/endpoints.mjs").Endpoint[]} endpoints
 * @param {number} count
 * @returns {Promise<DrainPair>}
 */
async function measurePair(stage, endpoints, count) {
  const bytesBefore = await stage.database.countStoredBytes();
  await publishHeld(stage, endpoints, count);
  const { seconds } = await stage.run({
    url: stage.receiver.url,
    headers: { "content-type": "application/json" },
    bodies: ["x".repeat(bodyBytes)],
    connections: ceilingConnections,
    requests: count,
  });
  const ceiling = count / seconds;
  const { drain, ...more } = await drainOnce(stage, endpoints, count);
  const bytes = (await stage.database.countStoredBytes()) - bytesBefore;
  return { ceiling, drain, ratio: drain / ceiling, ...more, bytesPerDelivery: bytes / count - bodyBytes };
}
