import { QueryClient } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testDelivery } from "@/components/testing/test-delivery";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import { useDeliveryLog } from "./use-delivery-log";

const pageSize = 2;

/** An API with deliveries, newest first, in pages of two; the filter by status is its only one. */
async function open(
  ids: string[],
  filter: { status?: DeliveryOutput["status"][] } = {},
  { live = true } = {},
) {
  const api = { deliveries: ids.map((id) => testDelivery({ id, status: "pending" })) };
  const asked = { heads: 0, ids: [] as string[] };
  await serveApi(({ query }) => {
    if (query.get("limit") === "100") asked.heads += 1;
    const wanted = query.getAll("id");
    asked.ids.push(...wanted);
    const statuses = query.getAll("status");
    const cursor = query.get("cursor");
    const found = api.deliveries.filter(
      ({ id, status }) =>
        (wanted.length === 0 || wanted.includes(id)) &&
        (statuses.length === 0 || statuses.includes(status)) &&
        (cursor === null || id < cursor),
    );
    const data = found.slice(0, Number(query.get("limit") ?? pageSize));
    const nextCursor = data.length < found.length ? (data.at(-1)?.id ?? null) : null;
    return { body: { data, nextCursor } };
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { result, rerender } = renderHook((on: boolean) => useDeliveryLog(filter, { live: on }), {
    wrapper: inWorkspace({ client }),
    initialProps: live,
  });
  await waitFor(() => expect(result.current.rows).toBeDefined());
  return {
    api,
    asked,
    result,
    /** Switches Live. */
    setLive: (on: boolean) => rerender(on),
    ids: () => result.current.rows?.map(({ id }) => id),
    /** Reads again, as the page does by itself after a while. */
    poll: () => act(() => client.refetchQueries({ queryKey: queryKeys.deliveries("acme") })),
  };
}

test("what is new is counted, and listed only when it is asked for, and tinted then", async () => {
  const { api, result, ids, poll } = await open(["5", "4", "3"]);
  expect(ids()).toEqual(["5", "4"]);
  await waitFor(() => expect(result.current.newCount).toBe(0));
  api.deliveries.unshift(testDelivery({ id: "6" }));
  await poll();
  await waitFor(() => expect(result.current.newCount).toBe(1));
  expect(ids()).toEqual(["5", "4"]);

  await act(() => result.current.reload());
  await waitFor(() => expect(ids()).toEqual(["6", "5"]));
  expect(result.current.rows?.map(result.current.isFresh)).toEqual([true, false]);
  await waitFor(() => expect(result.current.newCount).toBe(0));
});

test("rows change in place, and stay though they no longer match the filter", async () => {
  const { api, result, ids, poll } = await open(["5", "4"], { status: ["pending"] });
  api.deliveries = api.deliveries.map((row) => (row.id === "5" ? { ...row, status: "succeeded" } : row));
  await poll();
  await waitFor(() => expect(result.current.rows?.[0]?.status).toBe("succeeded"));
  expect(ids()).toEqual(["5", "4"]);
  await act(() => result.current.reload());
  await waitFor(() => expect(ids()).toEqual(["4"]));
});

test("older pages follow below, without a row twice, and none of them is new", async () => {
  const { result, ids, poll } = await open(["5", "4", "3", "2", "1"]);
  await act(async () => void (await result.current.query.fetchNextPage()));
  await waitFor(() => expect(ids()).toEqual(["5", "4", "3", "2"]));
  await poll();
  expect(ids()).toEqual(["5", "4", "3", "2"]);
  expect(result.current.newCount).toBe(0);
  expect(result.current.rows?.some(result.current.isFresh)).toBe(false);
});

test("in an empty log the first rows appear by themselves", async () => {
  const { api, ids, poll } = await open([]);
  expect(ids()).toEqual([]);
  api.deliveries.push(testDelivery({ id: "1" }));
  await poll();
  await waitFor(() => expect(ids()).toEqual(["1"]));
});

test("while it is not live, nothing new is looked for, and what is read still changes in place", async () => {
  const { api, asked, result, ids, poll, setLive } = await open(["5", "4"], {}, { live: false });
  api.deliveries = [testDelivery({ id: "6" }), testDelivery({ id: "5", status: "succeeded" })];
  await poll();
  await waitFor(() => expect(result.current.rows?.[0]?.status).toBe("succeeded"));
  expect(ids()).toEqual(["5", "4"]);
  expect([result.current.newCount, asked.heads]).toEqual([0, 0]);
  setLive(true);
  await waitFor(() => expect(result.current.newCount).toBe(1));
  setLive(false);
  expect(result.current.newCount).toBe(0);
});

test("of a long log only what is near to the rows in sight is read again, and the rest stays", async () => {
  const all = Array.from({ length: 160 }, (_, index) => String(999 - index));
  const { api, asked, result, ids, poll } = await open(all);
  const more = async () => act(async () => void (await result.current.query.fetchNextPage()));
  for (let page = 1; page < 80; page += 1) await more();
  await waitFor(() => expect(ids()).toEqual(all));
  act(() => result.current.onSeen(0, 10));
  api.deliveries = api.deliveries.map((row) => ({ ...row, status: "succeeded" }));
  asked.ids = [];
  await poll();
  await waitFor(() => expect(result.current.rows?.[0]?.status).toBe("succeeded"));
  expect(ids()).toEqual(all);
  expect(new Set(asked.ids)).toEqual(new Set(all.slice(0, 62)));
  expect(result.current.rows?.at(-1)?.status).toBe("pending");

  act(() => result.current.onSeen(150, 159));
  await poll();
  await waitFor(() => expect(result.current.rows?.at(-1)?.status).toBe("succeeded"));
});

test("listed anew, a long log begins at its head again", async () => {
  const all = Array.from({ length: 20 }, (_, index) => String(50 - index));
  const { api, result, ids } = await open(all);
  for (let page = 1; page < 10; page += 1) {
    await act(async () => void (await result.current.query.fetchNextPage()));
  }
  await waitFor(() => expect(ids()).toEqual(all));
  act(() => result.current.onSeen(15, 19));
  api.deliveries.unshift(testDelivery({ id: "51" }));
  await act(() => result.current.reload());
  await waitFor(() => expect(ids()).toEqual(["51", ...all.slice(0, 7)]));
  expect(result.current.query.hasNextPage).toBe(true);
});
