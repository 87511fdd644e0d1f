import { createServer, type RequestListener } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { engineState } from "@/lib/platform/signals";
import { start, stop } from "@/lib/server/start";
import { listen } from "@/lib/testing/listen";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { createTestWorkspace } from "@/lib/testing/test-workspace";
import { startEngine } from "../start";

const timeout = 60_000;

type Journey = {
  name: string;
  /** Starts what the process is to find: an Inngest server or nothing. Returns the `INNGEST_*` settings. */
  startServer: () => Promise<Record<string, string>>;
  /** What an app serves on its port once it is up. */
  serveApp: () => RequestListener;
};

/** What is published is delivered, by a whole process but for its pages: once per file, for it starts a process's parts. */
export function testDeliveryJourney({ name, startServer, serveApp }: Journey): void {
  test(`what is published is delivered on ${name}: from before the start, at once, and when a retry is due`, {
    timeout,
  }, async () => {
    const eventually = (check: () => void) => vi.waitFor(check, { timeout: timeout / 4, interval: 20 });
    const app = createServer((request, response) => serveApp()(request, response));
    const workspace = await createTestWorkspace({
      ...(await startServer()),
      PORT: String(await listen(app)),
      // Beyond the time a drain waits idle, so that the retry needs a signal of its own.
      POSTHORN_RETRY_SCALE: "0.3",
      POSTHORN_LOG_LEVEL: "silent",
    });
    onTestFinished(() => workspace.close());
    await start();

    const receiver = await startTestReceiver();
    onTestFinished(() => receiver.close());
    const answered: { at: number; status: number }[] = [];
    receiver.reply(() => {
      const status = answered.length === 1 ? 500 : 200;
      answered.push({ at: Date.now(), status });
      return { status };
    });
    const numbers = () => receiver.received.map(({ body }) => JSON.parse(body).data.number);
    await workspace.addEndpoint({ url: receiver.url, eventTypes: null });
    const publish = (number: number) => workspace.publish({ type: "test.made", data: { number } });

    await publish(1);
    expect(numbers()).toEqual([]);
    const engine = await startEngine();
    expect(engineState()).toMatchObject({ kind: engine.kind, started: true });
    await eventually(() => expect(numbers()).toEqual([1]));

    await publish(2);
    await eventually(() => expect(answered.map(({ status }) => status)).toEqual([200, 500, 200]));
    expect(numbers()).toEqual([1, 2, 2]);
    // The schedule's 12 s, scaled; it never comes early.
    expect((answered[2]?.at ?? 0) - (answered[1]?.at ?? 0)).toBeGreaterThanOrEqual(3600);

    await Promise.all([engine.stop(), stop()]);
    expect(engineState()).toMatchObject({ started: false });
  });
}
