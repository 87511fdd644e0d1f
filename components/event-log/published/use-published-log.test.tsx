import { QueryClient } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEvent } from "@/components/testing/test-event";
import { queryKeys } from "@/lib/api-client/query-keys";
import { usePublishedLog } from "./use-published-log";

const at = (second: number) => `2026-11-20T12:00:0${second}.000Z`;
const event = (second: number, more: Parameters<typeof testEvent>[0] = {}) =>
  testEvent({ id: `evt_${second}`, createdAt: at(second), ...more });

/** An API with events, newest first, that knows ranges of time. */
async function open({ live = true } = {}) {
  const api = { events: [event(3), event(2)] };
  await serveApi(({ query }) => {
    const [from, to] = [query.get("from"), query.get("to")];
    const data = api.events.filter(
      ({ createdAt }) => (!from || createdAt >= from) && (!to || createdAt < to),
    );
    return { body: { data, nextCursor: null } };
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { result } = renderHook(() => usePublishedLog({}, { live }), { wrapper: inWorkspace({ client }) });
  await waitFor(() => expect(result.current.rows).toBeDefined());
  return {
    api,
    result,
    ids: () => result.current.rows?.map(({ id }) => id),
    poll: () => act(() => client.refetchQueries({ queryKey: queryKeys.events("acme") })),
  };
}

test("what is listed stays while what becomes of it changes, and what is new is counted until it is asked for", async () => {
  const { api, result, ids, poll } = await open();
  expect(ids()).toEqual(["evt_3", "evt_2"]);
  const statuses = { pending: 0, held: 0, succeeded: 1, failed: 0, discarded: 0 };
  api.events = [event(4), event(3, { deliveries: 1, statuses }), event(2)];
  await poll();
  await waitFor(() => expect(result.current.newCount).toBe(1));
  expect(ids()).toEqual(["evt_3", "evt_2"]);
  expect(result.current.rows?.[0]?.statuses.succeeded).toBe(1);
  await act(() => result.current.reload());
  await waitFor(() => expect(ids()).toEqual(["evt_4", "evt_3", "evt_2"]));
  await waitFor(() => expect(result.current.newCount).toBe(0));
});

test("nothing new is looked for while it is not live", async () => {
  const { api, result, ids, poll } = await open({ live: false });
  api.events.unshift(event(4));
  await poll();
  expect(ids()).toEqual(["evt_3", "evt_2"]);
  expect(result.current.newCount).toBe(0);
});
