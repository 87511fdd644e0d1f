import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import {
  type ReplayOutput,
  replayOutput,
  type StartReplayInput,
  startReplayInput,
} from "../contract/replays";
import { fromPublicId } from "../core/ids";
import { backlogMax, chunkFailuresMax, chunkSize } from "../core/replays";
import { closeAgent } from "../delivery/http-client/agent";
import { drain } from "../testing/drain";
import { answerWith } from "../testing/test-receiver.mjs";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { getReplay } from "./get-replay";
import { runChunk } from "./run-chunk";
import { runReplays } from "./run-replays";
import { startReplay } from "./start-replay";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** A webhook without retries, so that what fails ends. */
async function webhook(type: string) {
  const hook = await addTestWebhook(workspace, type);
  await hook.endRetries();
  return hook;
}

/** Starts a job, not a count. */
const startJob = async (
  filter: StartReplayInput["filter"],
  ratePerSecond?: number,
): Promise<ReplayOutput> => {
  const input = startReplayInput.parse({ filter, ratePerSecond });
  return replayOutput.parse(await startReplay({ ctx: workspace.ctx, input }));
};
const jobOf = (id: string | null) => getReplay({ ctx: workspace.ctx, id: id ?? "" });

test("the pace holds across workers: no chunk before its time, each as large as the time between", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.pace");
  await hook.disable();
  await hook.publish(30);
  const { replayId } = await hook.enable("replay", 20);
  const startedAt = Date.now();
  const worker = async () => {
    while ((await jobOf(replayId)).status === "running") {
      const chunk = await runChunk(ctx.db);
      const seconds = (Date.now() - startedAt) / 1_000;
      expect(chunk?.handled ?? 0).toBeLessThanOrEqual(10);
      expect((await jobOf(replayId)).done).toBeLessThanOrEqual(10 + 20 * (seconds + 0.1));
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  expect(await jobOf(replayId)).toMatchObject({ status: "done", done: 30, ratePerSecond: 20 });
});

test("a chunk that is cut off halfway has not happened, and is done once by whoever comes next", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.cut");
  await hook.publish(5);
  await drain();
  const job = await startJob({ endpointId: hook.id });
  await expect(
    ctx.db.transaction(async (tx) => {
      // A transaction within it: what the chunk does is there, and is lost with the outer one.
      expect(await runChunk(tx)).toMatchObject({ handled: 5 });
      throw new Error("killed");
    }),
  ).rejects.toThrow("killed");
  expect(await hook.queued()).toBe(0);
  expect(await jobOf(job.id)).toMatchObject({ status: "running", done: 0 });
  await runReplays();
  expect(await hook.queued()).toBe(5);
  await drain();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", done: 5 });
  expect(hook.receiver.ids).toHaveLength(10);
});

test("a job looks its search up once, and once more before it ends: what was being published meanwhile is sent too", async () => {
  const { ctx } = workspace;
  const { sql } = database();
  const type = "replays.searched";
  const hook = await webhook(type);
  const events = Array.from({ length: 9 }, () => ({ type, data: { customer: "cus_searched" } }));
  const published = await workspace.publish(events);
  const bareIds = published.map(({ id }) => fromPublicId("event", id) ?? "");
  await drain();
  // Not visible yet when the job begins, as what is being published: found by the search only afterwards.
  const late = bareIds.at(-1) ?? "";
  const hide = (id: string, value: string) =>
    sql`update events set body = replace(body, ${value}, ${value === "cus_searched" ? "cus_hidden" : "cus_searched"}) where id = ${id}`;
  await hide(late, "cus_searched");
  const job = await startJob({ q: "customer:cus_searched" }, 8);
  expect(job.total).toBe(8);
  const next = async () => {
    await sql`update replays set next_at = now() - interval '1 second' where id = ${fromPublicId("replay", job.id)}`;
    return (await runChunk(ctx.db))?.handled;
  };
  expect(await next()).toBe(4);
  // A search that is made anew would not find these any more.
  for (const id of bareIds.slice(0, -1)) await hide(id, "cus_searched");
  await hide(late, "cus_hidden");
  expect(await next()).toBe(4);
  expect(await next()).toBe(1);
  expect(await jobOf(job.id)).toMatchObject({ status: "done", done: 9 });
  await drain();
  expect(hook.receiver.ids).toHaveLength(18);
});

/** What a worker does whose process is killed before its chunk is committed. */
async function killedWorker(): Promise<void> {
  await workspace.ctx.db
    .transaction(async (tx) => {
      await runChunk(tx);
      tx.rollback();
    })
    .catch(() => undefined);
}

test.each([2, 3, 4])(
  "%i workers at once, of which some are killed, do each delivery exactly once",
  async (workers) => {
    const { ctx } = workspace;
    const [held, ended] = [await webhook(`replays.held${workers}`), await webhook(`replays.ended${workers}`)];
    const n = chunkSize + 100 * workers + 1;
    await ended.publish(n);
    await drain();
    await held.disable();
    await held.publish(n);
    const { replayId } = await held.enable("replay");
    const job = await startJob({ endpointId: ended.id });
    const isRunning = async () =>
      (await Promise.all([jobOf(replayId), jobOf(job.id)])).some((one) => one.status === "running");
    const handled = await Promise.all(
      Array.from({ length: workers }, async () => {
        let sum = 0;
        while (await isRunning()) {
          if (Math.random() < 0.2) await killedWorker();
          sum += (await runChunk(ctx.db))?.handled ?? 0;
        }
        return sum;
      }).concat(
        (async () => {
          while (await isRunning()) await drain();
          return 0;
        })(),
      ),
    );
    await drain();
    expect(handled.reduce((a, b) => a + b)).toBe(2 * n);
    expect(held.receiver.ids).toHaveLength(n);
    expect(new Set(held.receiver.ids).size).toBe(n);
    expect(ended.receiver.ids).toHaveLength(2 * n);
    expect(new Set(ended.receiver.ids.slice(n)).size).toBe(n);
    for (const id of [replayId, job.id]) {
      expect(await jobOf(id)).toMatchObject({ status: "done", total: n, done: n, skipped: 0 });
    }
  },
);

test("what is published meanwhile waits behind a bounded number of released deliveries", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.backlog");
  await hook.disable();
  await hook.publish(backlogMax + 300);
  const { replayId } = await hook.enable("replay");
  for (let chunk = await runChunk(ctx.db); chunk && chunk.handled > 0; ) chunk = await runChunk(ctx.db);
  expect(await jobOf(replayId)).toMatchObject({ status: "running", done: backlogMax });
  await drain();
  await runReplays();
  await drain();
  expect(await jobOf(replayId)).toMatchObject({ status: "done", done: backlogMax + 300 });
  expect(new Set(hook.receiver.ids).size).toBe(backlogMax + 300);
});

test("a replay at a webhook that backs off ends as any other: the delivery stays as it was, and off the queue", async () => {
  const hook = await webhook("replays.probe");
  hook.receiver.answer = answerWith(500);
  await hook.publish(5);
  await drain();
  await startJob({ endpointId: hook.id, status: "failed" }, 1);
  await runChunk(workspace.ctx.db);
  await database().sql`update endpoint_states set next_probe_at = now() where endpoint_id = ${hook.uuid}`;
  await drain();
  const log = await hook.log();
  expect(log.map((one) => [one.status, one.inFlight])).toEqual(Array(5).fill(["failed", false]));
  expect(await hook.queued()).toBe(0);
  expect(log.map((one) => one.attempts).toSorted()).toEqual([1, 1, 1, 1, 2]);
});

test("a job whose chunks fail again and again counts as failed, and holds up no other", async () => {
  const { ctx } = workspace;
  const { sql } = database();
  const broken = await startJob({ type: "replays.broken" });
  const id = fromPublicId("replay", broken.id);
  await sql`update replays set filter = '{"status": ["nonsense"]}' where id = ${id}`;
  const other = await startJob({ type: "replays.other" });
  await runReplays();
  expect(await jobOf(other.id)).toMatchObject({ status: "done" });
  for (let chunk = 1; chunk < chunkFailuresMax; chunk++) {
    await sql`update replays set next_at = now() - interval '1 second' where id = ${id}`;
    await runChunk(ctx.db);
  }
  const [row] = await sql`select status, failures, reason from replays where id = ${id}`;
  expect(row).toEqual({
    status: "failed",
    failures: chunkFailuresMax,
    reason: "it failed again and again; the log of Posthorn says why",
  });
  await sql`delete from replays where id = ${id}`;
});
