import { render, renderHook, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sumCounts } from "@/components/data/sum-counts";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { ReplayOutput } from "@/lib/contract/replays";
import { JobsPage } from "./jobs-page";
import { useWaiting } from "./use-waiting";

const job = (id: string, given: Partial<ReplayOutput> = {}): ReplayOutput => ({
  id,
  kind: "replay",
  endpointId: "ep_1",
  filter: { tests: "0" },
  status: "done",
  reason: null,
  total: 12,
  done: 12,
  skipped: 0,
  ratePerSecond: null,
  order: "oldest",
  createdAt: "2026-11-20T12:00:00.000Z",
  finishedAt: "2026-11-20T12:00:05.000Z",
  createdBy: "Ana",
  ...given,
});
const jobs = [
  job("rpl_1"),
  job("rpl_2", { endpointId: "ep_2" }),
  job("rpl_3", { endpointId: null }),
  job("rpl_4", { kind: "discard" }),
];
const failing = testEndpoint({ id: "ep_1", name: "Billing", status: "failing", consecutiveFailures: 7 });
const healthy = testEndpoint({ id: "ep_2", name: "Shop" });

/** Of each job the API says that 12 wait for Billing. */
const serve = (endpoints: EndpointOutput[]) =>
  serveApi(({ path }) => {
    if (path === "/endpoints") return { body: { data: endpoints, nextCursor: null, maxEndpoints: 10 } };
    if (path === "/replays") return { body: { data: jobs, nextCursor: null } };
    const results = { sent: 12, recovered: 0, failing: 0, waiting: [{ endpointId: "ep_1", count: 12 }] };
    return { body: { ...jobs.find(({ id }) => path.endsWith(id)), results } };
  });

test("only jobs that a failing webhook is part of are asked for what waits", async () => {
  const requests = await serve([failing, healthy]);
  const { result } = renderHook(() => useWaiting(jobs).map(sumCounts), { wrapper: inWorkspace() });
  await waitFor(() => expect(result.current).toEqual([12, 0, 12, 0]));
  expect([...new Set(requests.map(({ path }) => path))].sort()).toEqual([
    "/endpoints",
    "/replays/rpl_1",
    "/replays/rpl_3",
  ]);
});

test("while no webhook keeps failing nothing waits, and nothing is asked", async () => {
  const requests = await serve([{ ...failing, consecutiveFailures: 4 }, healthy]);
  const { result } = renderHook(() => useWaiting(jobs).map(sumCounts), { wrapper: inWorkspace() });
  await waitFor(() => expect(requests.map(({ path }) => path)).toEqual(["/endpoints"]));
  expect(result.current).toEqual([0, 0, 0, 0]);
});

test("a closed line of the jobs' page says Queued and not Replayed while a part waits", async () => {
  await serve([failing, healthy]);
  render(<JobsPage linkedId={null} />, { wrapper: inWorkspace() });
  const list = await screen.findByRole("list", { name: "Jobs, newest first" });
  expect(await within(list).findByText("Queued · Billing")).toBeDefined();
  await waitFor(() => expect(within(list).getAllByText("12 events · 12 not sent yet")).toHaveLength(2));
  expect(await within(list).findByText("Replayed · Shop")).toBeDefined();
  expect(list.querySelector("details[open]")).toBeNull();
});
