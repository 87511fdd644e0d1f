import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../launcher/progress.mjs";

/** Where the receivers' paths begin: a webhook that leads there is an earlier seed's. */
export const receiverPath = "/posthorn-seed/";

/**
 * How a receiver answers: a status after a while, or something that is no answer at all.
 * @typedef {{ status: number, afterMs?: number, body?: object, headers?: Record<string, string> }
 *   | { status: null, fault: "reset" | "garbage" | "silence" }} Answer
 */

/**
 * What a receiver knows of a request. `count` is how many deliveries came before this one, whose retries share it.
 * @typedef {{ count: number, attempt: number, isTest: boolean }} Asked
 */

/** @typedef {(asked: Asked) => Answer} Behaviour */

/**
 * A real HTTP server on this machine. Each path is a receiver that answers in its own way.
 * @typedef {object} Receivers
 * @property {number} port
 * @property {(name: string, behaviour: Behaviour) => void} answer says how a receiver answers from now on
 * @property {() => void} close
 */

/** @returns {Promise<Receivers>} */
export async function startReceivers() {
  /** @type {Map<string, { behaviour: Behaviour, seen: string[] }>} */
  const receivers = new Map();
  const server = http.createServer(async (request, response) => {
    request.resume();
    await new Promise((resolve) => request.once("end", resolve));
    const receiver = receivers.get((request.url ?? "").slice(receiverPath.length));
    if (!receiver) return response.writeHead(404).end();
    const id = String(request.headers["webhook-id"]);
    if (!receiver.seen.includes(id)) receiver.seen.push(id);
    const attempt = Number(request.headers["posthorn-attempt"]);
    const isTest = request.headers["posthorn-test"] === "1";
    await send(receiver.behaviour({ count: receiver.seen.indexOf(id), attempt, isTest }), response);
  });
  // One of the webhooks leads here by https: it is to show a fault of TLS.
  server.on("clientError", (_error, socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  say(`Receivers listen on port ${port}.`);
  return {
    port,
    answer: (name, behaviour) => {
      receivers.set(name, { behaviour, seen: [] });
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {Answer} answer
 * @param {http.ServerResponse} response
 */
async function send(answer, response) {
  if (answer.status === null) {
    if (answer.fault === "garbage") response.socket?.end("SMTP ready\r\n\r\n");
    if (answer.fault === "reset") response.socket?.destroy();
    return;
  }
  await sleep(answer.afterMs ?? 0);
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
  response.end(JSON.stringify(answer.body ?? { received: answer.status < 300 }));
}
