import { afterEach, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { createFront } from "../http/front";
import { lane } from "../http/lane";
import { engineState, reportEngine } from "../platform/signals";
import { startTestApi } from "../testing/api";
import { listen } from "../testing/listen";

await startTestApi();
const before = { ...engineState() };
afterEach(() => reportEngine(before));

/** What the front answers, over HTTP. */
async function ask(path: string): Promise<Response> {
  const passOn = () => {
    throw new Error("health is not Next's");
  };
  const port = await listen(createFront({ ready: Promise.resolve(), lane, passOn, refusal: () => null }));
  return fetch(`http://localhost:${port}${path}`);
}

test("with its database and its engine it is 200, without signing in, and nobody stores it", async () => {
  const lastSweepAt = new Date("2026-01-02T03:04:05.678Z");
  reportEngine({ kind: "embedded", started: true, lastSweepAt });
  const answer = await ask("/api/health");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await answer.json()).toEqual({
    status: "ok",
    version: packageJson.version,
    role: "all",
    database: "ok",
    lossySettings: expect.any(Array),
    clockSkewMs: expect.any(Number),
    engine: { kind: "embedded", started: true, lastSweepAt: lastSweepAt.toISOString() },
    setup: "done",
    ledger: "ok",
  });
});

test("without its engine it is 503, while it is alive", async () => {
  reportEngine({ started: false });
  const answer = await ask("/api/health");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([503, "no-store"]);
  expect(await answer.json()).toMatchObject({ status: "failing", database: "ok" });
  const alive = await ask("/api/health/live");
  expect([alive.status, await alive.json()]).toEqual([200, { status: "ok" }]);
});
