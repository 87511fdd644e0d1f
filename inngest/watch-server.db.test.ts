import http from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { closeAgent } from "@/lib/delivery/http-client/agent";
import { engineState, registerTransport, reportEngine } from "@/lib/platform/signals";
import { listen } from "@/lib/testing/listen";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "@/lib/testing/test-workspace";
import { watchServer } from "./watch-server";

const timeout = 20_000;
const eventually = (check: () => void) => vi.waitFor(check, { timeout: timeout - 2_000, interval: 20 });
const quick = { lookEachMs: 50, lookEachMsUnregistered: 50, overdueMs: 200, sweepAfterMs: 60_000 };

let workspace: TestWorkspace;
let signals = 0;
beforeAll(async () => {
  // A retry after 12 ms, then one after 148 ms.
  workspace = await createTestWorkspace({ POSTHORN_RETRY_SCALE: "0.001", POSTHORN_LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});
beforeEach(() => {
  signals = 0;
  // A server that accepts every signal and drops it.
  const forget = async () => {
    signals += 1;
  };
  registerTransport(forget);
  reportEngine({ lastSweepAt: null });
});
afterEach(() => registerTransport(null));

/** The app's route for the server: counts registrations, and fails while the server is away. */
async function serveApp() {
  const app = { serveUrl: "", registrations: 0, serverIsAway: false };
  const server = http.createServer((request, response) => {
    if (request.method === "PUT" && !app.serverIsAway) app.registrations += 1;
    response.statusCode = app.serverIsAway ? 500 : 200;
    response.end(JSON.stringify({ message: "", modified: true }));
  });
  app.serveUrl = `http://127.0.0.1:${await listen(server)}/api/inngest`;
  return app;
}

/** Receives one type of event, and refuses the first requests. */
async function receive(type: string, refuse = 0) {
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  receiver.reply(() => ({ status: receiver.received.length <= refuse ? 500 : 200 }));
  await workspace.addEndpoint({ url: receiver.url, eventTypes: [type] });
  return { count: () => receiver.received.length };
}

function startWatch(serveUrl: string, times: Partial<typeof quick> = {}) {
  const abort = new AbortController();
  const onRegistered = vi.fn();
  const ended = watchServer({
    serveUrl,
    onRegistered,
    signal: abort.signal,
    times: { ...quick, ...times },
  });
  onTestFinished(async () => {
    abort.abort();
    await ended;
  });
  return { onRegistered };
}

test("what a server's lost signals were for is delivered, and the functions are registered again", {
  timeout,
}, async () => {
  const app = await serveApp();
  const { onRegistered } = startWatch(app.serveUrl);
  await eventually(() => expect(onRegistered).toHaveBeenCalledTimes(1));
  const receiver = await receive("watch.lost", 2);
  await workspace.publish({ type: "watch.lost", data: {} });
  expect(signals).toBeGreaterThan(0);
  await eventually(() => expect(receiver.count()).toBe(3));
  await eventually(() => expect(onRegistered.mock.calls.length).toBeGreaterThan(1));
});

test("while the server is away everything due is delivered, and it learns of the functions when it is back", {
  timeout,
}, async () => {
  const app = await serveApp();
  app.serverIsAway = true;
  const { onRegistered } = startWatch(app.serveUrl, { overdueMs: 60_000 });
  const receiver = await receive("watch.away");
  await workspace.publish(Array.from({ length: 20 }, (_, n) => ({ type: "watch.away", data: { n } })));
  await eventually(() => expect(receiver.count()).toBe(20));
  expect(onRegistered).not.toHaveBeenCalled();
  app.serverIsAway = false;
  await eventually(() => expect(onRegistered).toHaveBeenCalled());
});

test("if no sweep comes the process sweeps itself, again and again, and registers the functions", {
  timeout,
}, async () => {
  const app = await serveApp();
  startWatch(app.serveUrl, { sweepAfterMs: 300 });
  await eventually(() => expect(engineState().lastSweepAt).not.toBeNull());
  const first = engineState().lastSweepAt;
  await eventually(() => expect(engineState().lastSweepAt).not.toEqual(first));
  await eventually(() => expect(app.registrations).toBeGreaterThanOrEqual(3));
});

test("with sweeps that come and nothing late, the functions are registered once and nothing is swept here", {
  timeout,
}, async () => {
  const app = await serveApp();
  startWatch(app.serveUrl);
  await eventually(() => expect(app.registrations).toBe(1));
  const swept = new Date();
  reportEngine({ lastSweepAt: swept });
  // Many looks long.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(app.registrations).toBe(1);
  expect(engineState().lastSweepAt).toBe(swept);
});
