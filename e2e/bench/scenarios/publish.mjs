import { makeEvent } from "../support/event.mjs";
import { median } from "../support/statistics.mjs";

const eventsPerBatch = 100;

/**
 * One kind of request to Posthorn, beside the same to a Next route that only reads it; medians of the rounds.
 * @typedef {object} PublishResult
 * @property {number} connections
 * @property {number} eventsPerRequest
 * @property {number} events a second
 * @property {number} bareEvents a second
 * @property {number} ratio
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {number} bareP50Ms
 * @property {number} bareP99Ms
 */

/**
 * How fast events are taken, one a request and many. Each makes one delivery, which is held, for its endpoint is
 * disabled: what is measured is publishing alone.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ rounds: number, events: number, say: (line: string) => void }} options
 * @returns {Promise<{ single: PublishResult, batch: PublishResult }>}
 */
export async function measurePublish(stage, { rounds, events, say }) {
  const type = "bench.publish";
  const { posthorn } = stage;
  await stage.database.setEndpointLimit(1_000);
  const { id } = await posthorn.request("POST", "/endpoints", {
    url: stage.receiver.url,
    eventTypes: [type],
  });
  await posthorn.request("POST", `/endpoints/${id}/disable`);

  const event = makeEvent(type);
  const single = await measureRequest(stage, {
    name: "single",
    route: "/events",
    body: JSON.stringify(event),
    eventsPerRequest: 1,
    connections: 20,
    requests: events,
    rounds,
    say,
  });
  const batch = await measureRequest(stage, {
    name: "batch",
    route: "/events/batch",
    body: JSON.stringify({ events: Array.from({ length: eventsPerBatch }, () => event) }),
    eventsPerRequest: eventsPerBatch,
    connections: 4,
    requests: Math.ceil((events * 4) / eventsPerBatch),
    rounds,
    say,
  });
  await posthorn.request("DELETE", `/endpoints/${id}`);
  return { single, batch };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ name: string, route: string, body: string, eventsPerRequest: number, connections: number,
 *   requests: number, rounds: number, say: (line: string) => void }} options
 * @returns {Promise<PublishResult>}
 */
async function measureRequest(
  stage,
  { name, route, body, eventsPerRequest, connections, requests, rounds, say },
) {
  const { posthorn } = stage;
  const bare = await stage.bareApp();
  const load = { headers: posthorn.headers, body, connections, requests };
  const toPosthorn = { ...load, url: `${posthorn.api}${route}` };
  const toBare = { ...load, url: bare.url };
  // Not counted: everybody's code gets compiled.
  for (const target of [toBare, toPosthorn])
    await stage.run({ ...target, requests: Math.ceil(requests / 5) });

  const perSecond = (/** @type {number} */ seconds) => (requests * eventsPerRequest) / seconds;
  const measured = [];
  for (let round = 1; round <= rounds; round += 1) {
    const bareRun = await stage.run(toBare);
    const run = await stage.run(toPosthorn);
    stage.noteMemory();
    const ratio = bareRun.seconds / run.seconds;
    measured.push({ run, bareRun, ratio });
    say(
      `${name} ${round}/${rounds}: bare route ${Math.round(perSecond(bareRun.seconds))} events/s, publish ${Math.round(perSecond(run.seconds))} events/s, ratio ${ratio.toFixed(3)}`,
    );
  }
  return {
    connections,
    eventsPerRequest,
    events: median(measured.map(({ run }) => perSecond(run.seconds))),
    bareEvents: median(measured.map(({ bareRun }) => perSecond(bareRun.seconds))),
    ratio: median(measured.map(({ ratio }) => ratio)),
    p50Ms: median(measured.map(({ run }) => run.p50Ms)),
    p99Ms: median(measured.map(({ run }) => run.p99Ms)),
    bareP50Ms: median(measured.map(({ bareRun }) => bareRun.p50Ms)),
    bareP99Ms: median(measured.map(({ bareRun }) => bareRun.p99Ms)),
  };
}
