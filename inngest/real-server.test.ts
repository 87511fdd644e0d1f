import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Inngest, type InngestFunction } from "inngest";
import { createServer } from "inngest/node";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createFunctions } from "./functions";
import { testEngineContract } from "./testing/engine-contract";
import { testServer } from "./testing/test-server-settings";

const silent = { info() {}, warn() {}, error() {}, debug() {} };

/** Serves functions over HTTP as an app of their own, and has it register them with the server. */
async function startApp(makeFunctions: (client: Inngest) => InngestFunction.Like[]) {
  const client = new Inngest({
    id: `test-${randomUUID()}`,
    isDev: false,
    ...testServer,
    logger: silent,
  });
  const server = createServer({ client, functions: makeFunctions(client) });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The app listens on no port");
  const registered = await fetch(`http://127.0.0.1:${address.port}/api/inngest`, { method: "PUT" });
  expect(await registered.json()).toMatchObject({ modified: true });
  return { client };
}

describe.skipIf(!testServer)("an Inngest server", () => {
  testEngineContract(startApp);

  test("a cron function runs within a minute", { timeout: 90_000 }, async () => {
    const runs: string[] = [];
    await startApp((client) => [
      client.createFunction({ id: "f", triggers: [{ cron: "* * * * *" }], retries: 0 }, async ({ event }) => {
        runs.push(event.name);
      }),
    ]);
    await vi.waitFor(() => expect(runs).toEqual(["inngest/scheduled.timer"]), {
      timeout: 80_000,
      interval: 100,
    });
  });

  test("Posthorn's functions register", async () => {
    await startApp(createFunctions);
  });
});
