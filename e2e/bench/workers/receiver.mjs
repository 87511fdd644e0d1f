import http from "node:http";
import { answerCalls, listenOnLoopback } from "../../support/worker-process.mjs";
import { openLatencies } from "../support/latencies.mjs";

const slowMs = 50;
/** Requests that came. */
let requests = 0;
/** Deliveries among them, by their `webhook-id`. */
let deliveries = new Set();
/** From `sentAt` in an event's data until its delivery came first. */
const latencies = openLatencies();

const server = http.createServer((request, response) => {
  if (request.url === "/silent") {
    request.resume();
    requests += 1;
    return;
  }
  const timed = request.url === "/timed";
  let body = "";
  if (timed) request.setEncoding("utf8").on("data", (text) => (body += text));
  else request.resume();
  request.on("end", () => {
    requests += 1;
    const id = request.headers["webhook-id"];
    if (timed && id && !deliveries.has(id)) latencies.record(Date.now() - JSON.parse(body).data.sentAt);
    if (id) deliveries.add(id);
    if (request.url === "/slow") setTimeout(() => response.end("ok"), slowMs);
    else if (request.url === "/refusing") response.writeHead(500).end("db pool exhausted");
    else response.end("ok");
  });
});
// Longer than the pauses between two measurements: no connection is closed just as one begins.
server.keepAliveTimeout = 120_000;

answerCalls({
  listen: () => listenOnLoopback(server),
  counts: () => ({ requests, deliveries: deliveries.size }),
  latencies: () => ({ p50Ms: latencies.percentileMs(0.5), p99Ms: latencies.percentileMs(0.99) }),
  reset: () => {
    requests = 0;
    deliveries = new Set();
    latencies.reset();
  },
});
