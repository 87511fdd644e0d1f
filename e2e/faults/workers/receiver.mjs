import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { answerCalls } from "../../support/worker-process.mjs";

/**
 * How it takes requests: `well` answers 200, `failing` 500, `resetting` cuts the connection, `down` does not listen.
 * @typedef {"well" | "failing" | "resetting" | "down"} Mode
 */

/** @typedef {{ mode: Mode, delayMs: [number, number] }} Behaviour `delayMs`: the shortest and the longest */

/**
 * A request that was answered 200.
 * @typedef {{ webhookId: string, path: string, eventId: string, mark: string }} Received
 */

/**
 * @typedef {object} Records
 * @property {Received[]} received
 * @property {string[]} unsigned why a signature did not hold
 * @property {Record<string, number>} busiest by path: how many requests there were at a time, at most
 */

/** @type {Behaviour} */
let behaviour = { mode: "well", delayMs: [0, 30] };
let port = 0;
/** By path. @type {Map<string, Webhook>} */
const secrets = new Map();
/** @type {Records} */
const records = { received: [], unsigned: [], busiest: {} };
/** By path. @type {Map<string, number>} */
const current = new Map();

const server = http.createServer(async (request, response) => {
  const path = request.url ?? "/";
  const leave = enter(path);
  // Before the answer goes out: the sender may begin the next request as soon as it has this one's.
  response.once("close", leave);
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const { mode, delayMs } = behaviour;
    await sleep(delayMs[0] + Math.random() * (delayMs[1] - delayMs[0]));
    leave();
    if (mode === "well") {
      note(path, request.headers, body);
      response.end("ok");
      return;
    }
    if (mode === "failing") response.writeHead(500).end("failing");
    else response.destroy();
  } catch {
    // The sender was killed in the middle of its request.
  }
});

answerCalls({
  listen: async () => {
    await listen(0);
    const address = server.address();
    port = typeof address === "object" && address ? address.port : 0;
    return port;
  },
  trust: (/** @type {{ path: string, secret: string }} */ { path, secret }) => {
    secrets.set(path, new Webhook(secret));
  },
  behave: async (/** @type {Behaviour} */ wanted) => {
    behaviour = wanted;
    if (wanted.mode === "down") {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    } else if (!server.listening) await listen(port);
  },
  records: () => records,
});

/** @param {number} wanted 0 for any */
function listen(wanted) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => resolve(undefined));
  });
}

/**
 * Counts a request among those that are there.
 * @param {string} path
 * @returns {() => void} takes it out again, once
 */
function enter(path) {
  const count = (current.get(path) ?? 0) + 1;
  current.set(path, count);
  records.busiest[path] = Math.max(records.busiest[path] ?? 0, count);
  let isThere = true;
  return () => {
    if (isThere) current.set(path, (current.get(path) ?? 0) - 1);
    isThere = false;
  };
}

/**
 * @param {string} path
 * @param {http.IncomingHttpHeaders} headers
 * @param {string} body
 */
function note(path, headers, body) {
  const webhookId = String(headers["webhook-id"]);
  try {
    const webhook = secrets.get(path);
    if (!webhook) throw new Error(`no secret is known for ${path}`);
    webhook.verify(body, /** @type {Record<string, string>} */ (headers));
  } catch (error) {
    records.unsigned.push(`${webhookId}: ${error}`);
  }
  /** @type {{ id: string, data: { mark: string } }} */
  const { id, data } = JSON.parse(body);
  records.received.push({ webhookId, path, eventId: id, mark: data.mark });
}
