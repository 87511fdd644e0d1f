import { renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testDelivery } from "@/components/testing/test-delivery";
import { useHasAnswered } from "./use-has-answered";

const webhook = { id: "ep_1", createdAt: "2026-11-20T12:00:00.000Z" };
const page = { data: [], nextCursor: null, lookedBackTo: null, payloadIndex: null };

test("an answer that is further back than one request looks is found", async () => {
  const requests = await serveApi(({ query }) => ({
    body: query.has("cursor")
      ? { ...page, data: [testDelivery({ status: "succeeded" })] }
      : { ...page, nextCursor: "dlv_1", lookedBackTo: "2026-11-20T13:00:00.000Z" },
  }));
  const { result } = renderHook(() => useHasAnswered(webhook), { wrapper: inWorkspace() });
  expect(result.current).toBe(false);
  await waitFor(() => expect(result.current).toBe(true));
  expect(requests.map(({ query }) => query.get("cursor"))).toEqual([null, "dlv_1"]);
  expect(requests.map(({ query }) => query.get("from"))).toEqual(Array(2).fill("2026-11-20T11:00:00.000Z"));
});

test("one that has not answered yet is not taken for one that has", async () => {
  const requests = await serveApi(() => ({ body: page }));
  const { result } = renderHook(() => useHasAnswered(webhook), { wrapper: inWorkspace() });
  await waitFor(() => expect(requests).toHaveLength(1));
  expect(result.current).toBe(false);
});
