import http from "node:http";
import { parseArgs } from "node:util";
import next from "next";
import { checkout } from "./settings.mjs";

/** @typedef {import("../../lib/http/front").Front} Front */

/**
 * How long a connection may be idle: longer than producers and load balancers keep theirs, many for 60 s. Whoever closes
 * one first has to be who sends: a request that meets the other end's close is lost, and may have been taken or not.
 */
const keepAliveMs = 75_000;

/**
 * The app's process: an HTTP server that asks the app first, which `instrumentation.ts` puts in front, and hands on
 * to Next what is Next's.
 */
async function serve() {
  const { values } = parseArgs({
    options: { port: { type: "string" }, hostname: { type: "string" }, dev: { type: "boolean" } },
  });
  const { hostname = "127.0.0.1", dev = false } = values;
  const port = Number(values.port);
  // Node itself would answer a request without `Host`.
  const server = http.createServer({ keepAliveTimeout: keepAliveMs, requireHostHeader: false });
  // The app closes it when it ends.
  Object.assign(globalThis, { posthornServer: server });
  const app = next({
    dev,
    dir: checkout,
    hostname,
    port,
    // Next listens there for what asks for an upgrade, and leaves it without an answer unless it is its own, which it
    // has in development alone. Without a listener, Node treats it as any other request (RFC 9110 7.8).
    httpServer: dev ? server : http.createServer(),
  });
  const prepared = app.prepare();
  const handle = app.getRequestHandler();

  server.on("request", async (request, response) => {
    try {
      await prepared;
      if (!front()?.answerFirst(request, response)) await handle(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (front()) front()?.answerFailure(request, response, error);
      else response.writeHead(500).end();
    }
  });
  server.on("checkExpectation", async (request, response) => {
    await prepared;
    front()?.refuseExpectation(request, response);
  });
  server.on("connect", (_request, socket) => {
    socket.end(front()?.refuseConnection("CONNECT"));
  });
  server.on("clientError", (error, socket) => {
    // A connection that broke reads no answer, and one must not begin within another.
    const isBroken = "code" in error && error.code === "ECONNRESET";
    if (isBroken || !socket.writable || isAnswering(socket)) socket.destroy();
    else socket.end(front()?.refuseConnection("code" in error ? String(error.code) : undefined));
  });
  server.on("error", (error) => {
    process.stderr.write(`posthorn: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(port, hostname);
  await prepared;
}

/** @returns {Front | undefined} `undefined` until the app has started */
function front() {
  return /** @type {{ posthornFront?: Front }} */ (globalThis).posthornFront;
}

/**
 * Whether an answer has begun on a connection. Node keeps it there, and knows no other place.
 * @param {object} socket
 */
function isAnswering(socket) {
  const response = "_httpMessage" in socket ? socket._httpMessage : null;
  return response instanceof http.ServerResponse && response.headersSent;
}

await serve();
