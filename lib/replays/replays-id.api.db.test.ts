import { expect, test } from "vitest";
import * as cancel from "@/app/api/v1/replays/[id]/cancel/route";
import * as pause from "@/app/api/v1/replays/[id]/pause/route";
import * as resume from "@/app/api/v1/replays/[id]/resume/route";
import * as replay from "@/app/api/v1/replays/[id]/route";
import { database } from "@/db/connection/database";
import type { ReplayOutput } from "../contract/replays";
import { startReplayInput } from "../contract/replays";
import { fromPublicId } from "../core/ids";
import { call, expectDone, expectFieldError, expectProblem, startTestApi } from "../testing/api";
import { runReplays } from "./run-replays";
import { startReplay } from "./start-replay";

/** A job, and the three routes that control it. */
const { ctx, key, owner } = await startTestApi();
const controls = { pause, resume, cancel };

const get = (id: string) => call<ReplayOutput>(replay, "GET", `/replays/${id}`, { as: key });
const repace = (id: string, body: object) =>
  call<ReplayOutput>(replay, "PATCH", `/replays/${id}`, { as: key, body });
const control = (action: keyof typeof controls, id: string, as = key) =>
  call<ReplayOutput>(controls[action], "POST", `/replays/${id}/${action}`, { as });

async function started(): Promise<string> {
  const job = await startReplay({ ctx, input: startReplayInput.parse({ filter: { type: "none" } }) });
  return "id" in job ? job.id : "";
}

test("a job is paused, resumed and canceled, each twice, and the audit log has each", async () => {
  const id = await started();
  const steps = [
    ["pause", key, { status: "paused", reason: null, finishedAt: null }],
    ["resume", key, { status: "running", reason: null, finishedAt: null }],
    ["cancel", owner, { status: "canceled", reason: "by The owner", finishedAt: expect.any(String) }],
  ] as const;
  for (const [action, by, expected] of steps) {
    const controlled = await control(action, id, by);
    expectDone(controlled);
    expect(controlled.body).toMatchObject({ id, done: 0, ...expected });
    expect((await control(action, id, by)).body).toEqual(controlled.body);
    expect((await get(id)).body).toEqual({
      ...controlled.body,
      results: { sent: 0, recovered: 0, failing: 0, waiting: [] },
    });
  }
  const actions = await database().sql<{ action: string }[]>`
    select distinct action from audit_log where target_id = ${fromPublicId("replay", id)} order by action`;
  expect(actions.map(({ action }) => action)).toEqual([
    "replay.cancel",
    "replay.pause",
    "replay.resume",
    "replay.start",
  ]);
});

test("what has ended otherwise cannot be paused, resumed or canceled: 409, which says how it ended", async () => {
  const canceled = await started();
  await control("cancel", canceled);
  for (const action of ["pause", "resume"] as const) {
    const { detail } = expectProblem(await control(action, canceled), 409, "conflict");
    expect(detail).toContain("it is canceled");
  }
  const done = await started();
  await runReplays();
  expect((await get(done)).body).toMatchObject({ status: "done", finishedAt: expect.any(String) });
  for (const action of ["pause", "resume", "cancel"] as const) {
    expect(expectProblem(await control(action, done), 409, "conflict").detail).toContain("it is done");
  }
});

test("the pace of a job can be changed while it has not ended, and the audit log has it", async () => {
  const id = await started();
  const changed = await repace(id, { ratePerSecond: 7 });
  expectDone(changed);
  expect(changed.body).toMatchObject({ id, ratePerSecond: 7 });
  expect((await repace(id, { ratePerSecond: null })).body).toMatchObject({ ratePerSecond: null });
  const rows = await database().sql`
    select changes from audit_log where target_id = ${fromPublicId("replay", id)} and action = 'replay.update' order by id`;
  expect(rows.map(({ changes }) => changes)).toEqual([
    { ratePerSecond: { before: null, after: 7 } },
    { ratePerSecond: { before: 7, after: null } },
  ]);
  expectFieldError(await repace(id, { ratePerSecond: 0 }), "ratePerSecond", "from 1 to 1000");
  expectFieldError(await repace(id, {}), "ratePerSecond", "is missing");
  await control("cancel", id);
  expect(expectProblem(await repace(id, { ratePerSecond: 5 }), 409, "conflict").detail).toContain(
    "it is canceled",
  );
});
