import http from "node:http";
import { serve } from "inngest/node";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { closeAgent } from "@/lib/delivery/http-client/agent";
import { engineState } from "@/lib/platform/signals";
import { stop } from "@/lib/server/start";
import { listen } from "@/lib/testing/listen";
import { createTestWorkspace } from "@/lib/testing/test-workspace";
import { inngest } from "./client";
import { createFunctions } from "./functions";
import { startEngine } from "./start";
import { hasInngestServer, startInngestServer } from "./testing/start-inngest-server";

const aMinute = { timeout: 60_000, interval: 50 };

describe.skipIf(!hasInngestServer)("an Inngest server that is killed and started again with nothing", () => {
  test("costs no delivery: what was in flight, due or to be retried is sent within a minute", {
    timeout: 360_000,
  }, async () => {
    const server = await startInngestServer();
    onTestFinished(server.end);
    const app = await serveApp();
    const workspace = await createTestWorkspace({
      ...server.environment,
      PORT: String(app.port),
      POSTHORN_LOG_LEVEL: "silent",
    });
    const engine = await startEngine();
    onTestFinished(async () => {
      await Promise.all([engine.stop(), stop()]);
      await closeAgent();
      await workspace.close();
    });
    const receive = async (type: string, options: { answerAfterMs?: number; refuse?: number } = {}) => {
      const receiver = await startReceiver(options);
      await workspace.addEndpoint({ url: receiver.url, eventTypes: [type] });
      const publish = (count: number) =>
        workspace.publish(Array.from({ length: count }, (_, n) => ({ type, data: { n } })));
      return { ...receiver, publish };
    };

    // Only the server's cron sweeps this early.
    await vi.waitFor(() => expect(engineState().lastSweepAt).not.toBeNull(), { timeout: 85_000 });

    const slow = await receive("restart.slow", { answerAfterMs: 300 });
    const refusing = await receive("restart.refusing", { refuse: 4 });
    const quick = await receive("restart.quick");
    await refusing.publish(4);
    await slow.publish(200);
    await vi.waitFor(() => expect(refusing.requests()).toBe(4), aMinute);
    await vi.waitFor(() => expect(slow.delivered()).toBeGreaterThan(0), aMinute);

    await server.kill();
    await quick.publish(10);
    await server.startEmpty();
    const callsBefore = app.calls();
    await vi.waitFor(() => {
      expect(slow.delivered()).toBe(200);
      expect(refusing.delivered()).toBe(4);
      expect(quick.delivered()).toBe(10);
    }, aMinute);
    // It has learned of the functions again, and calls them.
    await vi.waitFor(() => expect(app.calls()).toBeGreaterThan(callsBefore), { timeout: 120_000 });

    await server.kill();
    await quick.publish(10);
    await vi.waitFor(() => expect(quick.delivered()).toBe(20), aMinute);
    await server.startEmpty();
    await quick.publish(10);
    await vi.waitFor(() => expect(quick.delivered()).toBe(30), aMinute);
  });
});

/** What an app serves on its port: counts the server's calls of functions. */
async function serveApp() {
  let handler: http.RequestListener | undefined;
  let calls = 0;
  const server = http.createServer((request, response) => {
    if (request.method === "POST") calls += 1;
    handler ??= serve({ client: inngest(), functions: createFunctions(inngest()) });
    handler(request, response);
  });
  return { port: await listen(server), calls: () => calls };
}

/** A receiver that refuses its first requests, and counts the deliveries it took, each once. */
async function startReceiver({ answerAfterMs = 0, refuse = 0 }) {
  const taken = new Set<unknown>();
  let requests = 0;
  const server = http.createServer((request, response) => {
    requests += 1;
    response.statusCode = requests <= refuse ? 500 : 200;
    if (response.statusCode === 200) taken.add(request.headers["webhook-id"]);
    request.resume().on("end", () => setTimeout(() => response.end(), answerAfterMs));
  });
  return {
    url: `http://127.0.0.1:${await listen(server)}/`,
    requests: () => requests,
    delivered: () => taken.size,
  };
}
