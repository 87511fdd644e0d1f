import { randomUUID } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { eventType, Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { listen } from "@/lib/testing/listen";
import { createFunctions } from "./functions";
import { testEngineContract } from "./testing/engine-contract";
import { hasInngestServer, startInngestServer } from "./testing/start-inngest-server";

const silent = { info() {}, warn() {}, error() {}, debug() {} };

let server: Awaited<ReturnType<typeof startInngestServer>>;

type MakeFunctions = (client: Inngest) => InngestFunction.Like[];

/** Serves functions over HTTP as an app of their own; the server does not know of them yet. */
async function serveApp(makeFunctions: MakeFunctions, { signingKey }: { signingKey?: string } = {}) {
  const client = new Inngest({
    id: `test-${randomUUID()}`,
    isDev: false,
    baseUrl: server.environment.INNGEST_BASE_URL,
    eventKey: server.environment.INNGEST_EVENT_KEY,
    signingKey: server.environment.INNGEST_SIGNING_KEY,
    ...(signingKey && { signingKey }),
    logger: silent,
  });
  const functions = makeFunctions(client);
  const app = http.createServer();
  const port = await listen(app);
  app.on("request", serve({ client, functions, serveOrigin: `http://127.0.0.1:${port}` }));
  return { client, port };
}

/** What Posthorn does at its start; `host` is the name under which the app hears of it. */
function register(port: number, host = `127.0.0.1:${port}`): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, method: "PUT", path: "/api/inngest", headers: { host } });
    request.on("error", reject);
    request.on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve(JSON.parse(text));
    });
    request.end();
  });
}

async function startApp(makeFunctions: MakeFunctions) {
  const { client, port } = await serveApp(makeFunctions);
  expect(await register(port)).toMatchObject({ modified: true });
  return { client };
}

const noted = eventType("real-server/noted");
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 55_000, interval: 20 });
/** For what must not happen: long enough that it would have. */
const quiet = () => sleep(3_000);

function noteRuns() {
  let runs = 0;
  const makeFunctions: MakeFunctions = (client) => [
    client.createFunction({ id: "f", triggers: [noted], retries: 0 }, async () => {
      runs += 1;
    }),
  ];
  return { makeFunctions, runs: () => runs };
}

describe.skipIf(!hasInngestServer)("an Inngest server", () => {
  beforeAll(async () => {
    server = await startInngestServer();
  }, 90_000);
  afterAll(() => server.end());

  testEngineContract({ start: startApp, pass: (ms) => sleep(ms) });

  test("Posthorn's functions register", async () => {
    await startApp(createFunctions);
  });

  test("it learns of functions by the app's PUT alone, and forgets events from before", {
    timeout: 60_000,
  }, async () => {
    const { makeFunctions, runs } = noteRuns();
    const { client, port } = await serveApp(makeFunctions);
    await client.send(noted.create({}));
    await quiet();
    expect(runs()).toBe(0);
    expect(await register(port)).toMatchObject({ modified: true });
    await quiet();
    expect(runs()).toBe(0);
    await client.send(noted.create({}));
    await eventually(() => expect(runs()).toBe(1));
  });

  test("registering again changes nothing", { timeout: 60_000 }, async () => {
    const { makeFunctions, runs } = noteRuns();
    const { client, port } = await serveApp(makeFunctions);
    expect(await register(port)).toMatchObject({ modified: true });
    expect(await register(port)).toMatchObject({ modified: false });
    await client.send(noted.create({}));
    await eventually(() => expect(runs()).toBe(1));
  });

  test("it calls the app at its serve origin, whatever name the registration came by", {
    timeout: 60_000,
  }, async () => {
    const { makeFunctions, runs } = noteRuns();
    const { client, port } = await serveApp(makeFunctions);
    expect(await register(port, "elsewhere.invalid")).toMatchObject({ modified: true });
    await client.send(noted.create({}));
    await eventually(() => expect(runs()).toBe(1));
  });

  test("a signing key other than the server's cannot register", { timeout: 60_000 }, async () => {
    const { makeFunctions } = noteRuns();
    const { port } = await serveApp(makeFunctions, { signingKey: "00".repeat(32) });
    expect(await register(port)).not.toHaveProperty("modified", true);
  });
});
