import http from "node:http";
import { answerCalls } from "../../support/worker-process.mjs";

/** Requests that came. */
let requests = 0;
/** Deliveries among them, by their `webhook-id`. */
let deliveries = new Set();

const server = http.createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    requests += 1;
    const id = request.headers["webhook-id"];
    if (id) deliveries.add(id);
    response.end("ok");
  });
});
// Longer than the pauses between two measurements: no connection is closed just as one begins.
server.keepAliveTimeout = 120_000;

answerCalls({
  listen: () =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    }),
  counts: () => ({ requests, deliveries: deliveries.size }),
  reset: () => {
    requests = 0;
    deliveries = new Set();
  },
});
