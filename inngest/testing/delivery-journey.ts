import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { database } from "@/db/connection/database";
import { createEndpointInput } from "@/lib/contract/endpoints";
import { publishInput } from "@/lib/contract/events";
import { createEndpoint } from "@/lib/endpoints/create-endpoint";
import { publishEvents } from "@/lib/events/publish-events";
import { readSettings } from "@/lib/platform/env";
import { engineState } from "@/lib/platform/signals";
import { start, stop } from "@/lib/server/start";
import { setUp } from "@/lib/setup/set-up";
import { type Context, systemActor } from "@/lib/verbs/context";
import { startEngine } from "../start";

const timeout = 60_000;

type Journey = {
  name: string;
  createDatabase: () => Promise<{ url: string; drop(): Promise<void> }>;
  /** Starts what the process is to find: an Inngest server or nothing. Returns the `INNGEST_*` settings. */
  startServer: () => Promise<Record<string, string>>;
  /** What an app serves on its port once it is up. */
  serveApp: () => RequestListener;
};

/** What is published is delivered, by a whole process but for its pages: once per file, for it starts a process's parts. */
export function testDeliveryJourney({ name, createDatabase, startServer, serveApp }: Journey): void {
  test(`what is published is delivered on ${name}: from before the start, at once, and when a retry is due`, {
    timeout,
  }, async () => {
    const eventually = (check: () => void) => vi.waitFor(check, { timeout: timeout / 4, interval: 20 });
    const environment = await startServer();
    const app = await listen((request, response) => serveApp()(request, response));
    const testDatabase = await createDatabase();
    onTestFinished(() => testDatabase.drop());
    const posthornSettings = readSettings({
      ...environment,
      PORT: String(app.port),
      DATABASE_URL: testDatabase.url,
      POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      POSTHORN_AUTH_SECRET: randomBytes(32).toString("base64"),
      // Beyond the time a drain lingers, so that the retry needs a signal of its own.
      POSTHORN_RETRY_SCALE: "0.3",
      POSTHORN_LOG_LEVEL: "silent",
    });
    Object.assign(globalThis, { posthornSettings });
    await start();

    const received: { at: number; answered: number; body: unknown }[] = [];
    const receiver = await listen(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      response.statusCode = received.length === 1 ? 500 : 200;
      received.push({ at: Date.now(), answered: response.statusCode, body: JSON.parse(text) });
      response.end();
    });
    const { workspace } = await setUp({
      name: "Owner",
      email: "owner@example.com",
      password: "a long password",
      workspace: "Main",
      sampleCatalogue: false,
    });
    const ctx: Context = { workspace, actor: systemActor, db: database().db };
    const url = `http://127.0.0.1:${receiver.port}/hook`;
    await createEndpoint({ ctx, input: createEndpointInput.parse({ url, eventTypes: null }) });
    const publish = (number: number) =>
      publishEvents({ ctx, path: "", input: [publishInput.parse({ type: "test.made", data: { number } })] });

    await publish(1);
    expect(received).toEqual([]);
    const engine = await startEngine();
    expect(engineState()).toMatchObject({ kind: engine.kind, started: true });
    await eventually(() => expect(received).toMatchObject([{ body: { data: { number: 1 } } }]));

    await publish(2);
    await eventually(() => expect(received).toHaveLength(3));
    expect(received.slice(1)).toMatchObject([
      { answered: 500, body: { data: { number: 2 } } },
      { answered: 200, body: { data: { number: 2 } } },
    ]);
    // The schedule's 12 s, scaled; it never comes early.
    expect((received[2]?.at ?? 0) - (received[1]?.at ?? 0)).toBeGreaterThanOrEqual(3600);

    await Promise.all([engine.stop(), stop()]);
    expect(engineState()).toMatchObject({ started: false });
  });
}

async function listen(handler: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(handler);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The server listens on no port");
  return { server, port: address.port };
}
