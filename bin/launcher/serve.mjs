import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import next from "next";
import { innerKeyHeader } from "../../lib/http/inner-server.mjs";
import { checkout } from "./settings.mjs";

/** @typedef {import("../../lib/server/inner").Inner} Inner */

/**
 * The app's process: Next, behind a server that only the front asks, which is a thread that `instrumentation.ts` starts.
 * It has the port, answers what is asked most, and hands on what is Next's.
 */
async function serve() {
  const { values } = parseArgs({
    options: { port: { type: "string" }, hostname: { type: "string" }, dev: { type: "boolean" } },
  });
  const { hostname = "127.0.0.1", dev = false } = values;
  const port = Number(values.port);
  const key = randomBytes(32).toString("base64url");
  // The front has limits of time, and keeps what connections it likes.
  const server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0, requireHostHeader: false });
  if (!dev) takeBuiltConfig();
  const app = next({
    dev,
    dir: checkout,
    hostname,
    port,
    // Next listens there for what asks for an upgrade, and leaves it without an answer unless it is its own, which it
    // has in development alone.
    httpServer: dev ? server : http.createServer(),
  });
  const prepared = app.prepare();
  const handle = app.getRequestHandler();

  server.on("request", async (request, response) => {
    try {
      await prepared;
      if (request.headers[innerKeyHeader] !== key) {
        response.writeHead(403).end();
        return;
      }
      delete request.headers[innerKeyHeader];
      await handle(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (inner.answerFailure) inner.answerFailure(request, response, error);
      else response.writeHead(500).end();
    }
  });
  const socketPath = makeSocketPath();
  /** @type {Inner} */
  const inner = { server, address: { socketPath, key }, listenOn: { port, hostname }, dev, prepared };
  // The app, whose modules can't be loaded here, takes it from there.
  Object.assign(globalThis, { posthornInner: inner });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, () => resolve(undefined));
  });
  await prepared;
}

/**
 * Gives Next the config that the build made of `next.config.ts`, as Next's own standalone server does. Otherwise Next
 * compiles the file at each start, and its compiler stays loaded: 24 MB.
 */
function takeBuiltConfig() {
  const built = readFileSync(path.join(checkout, ".next", "required-server-files.json"), "utf8");
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(JSON.parse(built).config);
}

/**
 * An app that is started again has the path of the one before, whose file may be left if it was killed. Short: some systems
 * take no path of more than 103 bytes, half of which is their folder for temporary files.
 */
function makeSocketPath() {
  const [id] = (process.env.POSTHORN_PROCESS_ID || randomUUID()).split("-");
  if (process.platform === "win32") return `\\\\.\\pipe\\posthorn-${randomUUID()}`;
  const folder = path.join(os.tmpdir(), `posthorn-${id}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, "next.sock");
}

await serve();
