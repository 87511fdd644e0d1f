import { renderHook, waitFor } from "@testing-library/react";
import { useSyncExternalStore } from "react";
import { beforeEach, expect, test } from "vitest";
import { followedJobs, noJobs } from "@/components/data/followed-jobs";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import type { ReplayOutput } from "@/lib/contract/replays";
import { useShownJobs } from "./use-shown-jobs";

const job = (id: string, createdAt: string, given: Partial<ReplayOutput> = {}): ReplayOutput => ({
  id,
  kind: "replay",
  endpointId: "ep_1",
  filter: null,
  status: "running",
  reason: null,
  total: 10,
  done: 1,
  skipped: 0,
  ratePerSecond: null,
  order: "oldest",
  createdAt,
  finishedAt: null,
  createdBy: "Ana",
  ...given,
});
const older = job("rpl_1", "2026-11-20T12:00:00.000Z");
const newer = job("rpl_2", "2026-11-20T13:00:00.000Z");
const done = { status: "done", finishedAt: "2026-11-20T14:00:00.000Z" } as const;

beforeEach(() => {
  for (const id of followedJobs.read("acme")) followedJobs.dismiss("acme", id);
});

const open = (active: ReplayOutput[]) =>
  renderHook(
    (jobs: ReplayOutput[]) => {
      const followed = useSyncExternalStore(followedJobs.subscribe, () => followedJobs.read("acme"), noJobs);
      return useShownJobs(jobs, followed).map(({ id, status }) => `${id} ${status}`);
    },
    { wrapper: inWorkspace(), initialProps: active },
  );

test("what runs is shown, oldest first, and followed to its end until it is dismissed", async () => {
  await serveApi(({ path }) => ({ body: { ...(path.endsWith("rpl_1") ? older : newer), ...done } }));
  const { result, rerender } = open([newer, older]);
  expect(result.current).toEqual(["rpl_1 running", "rpl_2 running"]);
  rerender([newer]);
  await waitFor(() => expect(result.current).toEqual(["rpl_1 done", "rpl_2 running"]));
  followedJobs.dismiss("acme", "rpl_1");
  await waitFor(() => expect(result.current).toEqual(["rpl_2 running"]));
});

test("what this tab follows is kept over a reload, and no other workspace's is among it", () => {
  followedJobs.follow("acme", ["rpl_1", "rpl_2"]);
  followedJobs.follow("acme", ["rpl_1"]);
  expect(followedJobs.read("acme")).toEqual(["rpl_1", "rpl_2"]);
  expect(window.sessionStorage.getItem("posthorn.jobs.acme")).toBe("rpl_1,rpl_2");
  expect(followedJobs.read("globex")).toEqual([]);
});
