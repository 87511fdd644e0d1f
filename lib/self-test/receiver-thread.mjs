import { once } from "node:events";
import http from "node:http";
import { parentPort } from "node:worker_threads";

/** What came: its path, its `webhook-id`, and when, in milliseconds since 1970. */
/** @typedef {{ path: string, webhookId: string, at: number }} Receipt */

/** Messages of the thread: where it listens, and what arrived since its last message. */
/** @typedef {{ port: number } | { receipts: Receipt[] }} FromReceivers */

const tellEveryMs = 50;

/** The program of the thread that receives requests of self-tests (see Receivers). It answers 200. */
if (parentPort) {
  const port = parentPort;
  /** @type {Receipt[]} */
  let receipts = [];
  const server = http.createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const webhookId = String(request.headers["webhook-id"]);
      receipts.push({ path: request.url ?? "/", webhookId, at: Date.now() });
      response.end("ok");
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port.postMessage({ port: typeof address === "object" ? (address?.port ?? 0) : 0 });
  setInterval(() => {
    if (receipts.length === 0) return;
    port.postMessage({ receipts });
    receipts = [];
  }, tellEveryMs);
}
