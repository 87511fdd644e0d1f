import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { FailureGroupOutput } from "@/lib/contract/failure-groups";
import type { ReplayCountOutput } from "@/lib/contract/replays";
import { FailureGroups } from "./failure-groups";

const group = (id: string, given: Partial<FailureGroupOutput> = {}): FailureGroupOutput => ({
  id,
  endpointId: "ep_1",
  httpStatus: 500,
  error: null,
  text: "db pool exhausted",
  count: 27,
  types: ["invoice.paid", "invoice.voided"],
  since: "2026-11-27T02:14:00.000Z",
  lastSeenAt: "2026-11-27T02:20:00.000Z",
  sampleDeliveryId: "dlv_1",
  strip: { from: "2026-11-27T02:10:00.000Z", to: "2026-11-27T02:20:00.000Z", counts: [1, 26] },
  ...given,
});

const seven = [1, 2, 3, 4, 5, 6, 7].map((n) => group(`fgr_${n}`, { text: `kind ${n}` }));

async function show(
  groups: FailureGroupOutput[],
  chosen: string | null = null,
  filter: DeliveriesFilter = {},
) {
  const requests = await serveApi(({ path, query }) => {
    if (path === "/replays") {
      return {
        status: 202,
        body: {
          count: 25,
          skipped: 2,
          oldest: "2026-11-27T02:10:00.000Z",
          endpoints: [{ endpointId: "ep_1", count: 25, nextProbeAt: null }],
          types: [{ type: "invoice.paid", count: 25 }],
          waiting: [],
        } satisfies ReplayCountOutput,
      };
    }
    if (path === "/failure-groups") {
      const found = query.has("id") ? groups.filter(({ id }) => id === query.get("id")) : groups;
      const [skip, limit] = [Number(query.get("cursor") ?? 0), Number(query.get("limit"))];
      const nextCursor = skip + limit < found.length ? String(skip + limit) : null;
      return {
        body: {
          data: found.slice(skip, skip + limit),
          total: { groups: found.length, deliveries: 27 },
          nextCursor,
        },
      };
    }
    return { body: { data: [], limit: 20 } };
  });
  const onChoose = vi.fn();
  render(<FailureGroups filter={{ endpointId: ["ep_1"], ...filter }} chosen={chosen} onChoose={onChoose} />, {
    wrapper: inWorkspace(),
  });
  return { onChoose, requests };
}

test("a group says how many fail, how, since when and of which types, and is a filter of the log", async () => {
  const { onChoose } = await show([group("fgr_1")]);
  expect(await screen.findByText("27 × 500 “db pool exhausted”")).toBeTruthy();
  expect(screen.getByText(/since .* · 2 types/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /^Show: 27/ }));
  expect(onChoose).toHaveBeenCalledWith("fgr_1");
});

test("the chosen group is left by the same button", async () => {
  const { onChoose } = await show([group("fgr_1")], "fgr_1");
  await userEvent.click(await screen.findByRole("button", { name: /^Show all/, pressed: true }));
  expect(onChoose).toHaveBeenCalledWith(null);
});

test("of many groups the first are shown, and the others when they are asked for", async () => {
  await show(seven);
  expect(await screen.findAllByRole("listitem")).toHaveLength(5);
  await userEvent.click(screen.getByRole("button", { name: "2 more" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(7);
});

test("groups beyond the first page are shown page by page", async () => {
  await show(Array.from({ length: 120 }, (_, n) => group(`fgr_${n}`, { text: `kind ${n}` })));
  await userEvent.click(await screen.findByRole("button", { name: "115 more" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(50);
  await userEvent.click(screen.getByRole("button", { name: "Show 50 more" }));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(100));
  await userEvent.click(screen.getByRole("button", { name: "Show 20 more" }));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(120));
  expect(screen.queryByRole("button", { name: /more$/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Show fewer" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(5);
});

test("nothing is there if nothing fails", async () => {
  await show([]);
  await waitFor(() => expect(screen.queryByRole("region")).toBeNull());
});

test("before a group is sent again, a dialog says how many that are and which are left alone", async () => {
  await show([group("fgr_1")]);
  await userEvent.click(await screen.findByRole("button", { name: /^Send 27 again…/ }));
  expect(await screen.findByRole("heading", { name: "Send 25 events again?" })).toBeTruthy();
  expect(screen.getByText(/2 events are skipped/)).toBeTruthy();
  expect(screen.getByText("invoice.paid (25)")).toBeTruthy();
});

test("groups have the filters of the log that can be counted, and a job has them all", async () => {
  const { requests } = await show([group("fgr_1")], null, {
    type: ["invoice.paid"],
    status: ["failed"],
    q: "cus_4321",
  });
  expect(await screen.findByText(/ignore the filter by status and search/)).toBeTruthy();
  const asked = requests.find(({ path }) => path === "/failure-groups")?.query;
  expect(asked?.getAll("type")).toEqual(["invoice.paid"]);
  expect(asked?.has("status")).toBe(false);
  // No number: the group's is not how many would be sent.
  await userEvent.click(screen.getByRole("button", { name: /^Send again…: 27/ }));
  await screen.findByRole("heading", { name: "Send 25 events again?" });
  expect(requests.find(({ path }) => path === "/replays")?.body).toMatchObject({
    filter: {
      endpointId: ["ep_1"],
      type: ["invoice.paid"],
      status: ["failed"],
      q: "cus_4321",
      failureGroup: "fgr_1",
    },
    dryRun: true,
  });
});

test("nothing is there if nothing that fails can match the log's filters", async () => {
  const { requests } = await show([group("fgr_1")], null, { status: ["succeeded", "waiting"] });
  await waitFor(() => expect(requests.length).toBeGreaterThan(0));
  expect(screen.queryByRole("region")).toBeNull();
});

test("a chosen group whose events cannot match the log's status offers to leave it, and nothing to send", async () => {
  const { onChoose } = await show([group("fgr_1")], "fgr_1", { status: ["succeeded"] });
  expect(await screen.findByText(/^None of these events has a status/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Send/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /^Show all/ }));
  expect(onChoose).toHaveBeenCalledWith(null);
});

test("a chosen group that is empty by now says so, and can be left", async () => {
  const { onChoose } = await show(seven, "fgr_9");
  expect(await screen.findByText(/^Nothing fails in this way any more/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show all" }));
  expect(onChoose).toHaveBeenCalledWith(null);
});
