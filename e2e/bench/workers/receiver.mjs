import { startTestReceiver } from "../../../lib/testing/test-receiver.mjs";
import { answerCalls } from "../../support/worker-process.mjs";
import { openLatencies } from "../support/latencies.mjs";

const slowMs = 50;
/** Longer than the pauses between two measurements: no connection is closed just as one begins. */
const keepAliveMs = 120_000;
/** Requests that came. */
let requests = 0;
/** Deliveries among them, by their `webhook-id`. */
let deliveries = new Set();
/** From `sentAt` in an event's data until its delivery came first. */
const latencies = openLatencies();

async function listen() {
  const reads = (/** @type {string} */ path) => path === "/timed";
  const receiver = await startTestReceiver({ keeps: false, reads, keepAliveMs });
  receiver.answer = (response, { path, headers, body }) => {
    requests += 1;
    if (path === "/silent") return;
    const id = headers["webhook-id"];
    if (path === "/timed" && id && !deliveries.has(id)) {
      latencies.record(Date.now() - JSON.parse(body).data.sentAt);
    }
    if (id) deliveries.add(id);
    if (path === "/slow") setTimeout(() => response.end("ok"), slowMs);
    else if (path === "/refusing") response.writeHead(500).end("db pool exhausted");
    else response.end("ok");
  };
  return receiver.port;
}

answerCalls({
  listen,
  counts: () => ({ requests, deliveries: deliveries.size }),
  latencies: () => ({ p50Ms: latencies.percentileMs(0.5), p99Ms: latencies.percentileMs(0.99) }),
  reset: () => {
    requests = 0;
    deliveries = new Set();
    latencies.reset();
  },
});
