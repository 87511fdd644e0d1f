import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testDelivery } from "@/components/testing/test-delivery";
import { useDeliveryLog } from "./use-delivery-log";
import { pagesToRowMax, useReadToRow } from "./use-read-to-row";

const pageSize = 2;
const hex = (number: number) => number.toString(16).padStart(4, "0");

/** A log of `rows` rows in pages of two, the newest with the highest id, opened with the sheet of a row. */
async function open(openId: string | null, rows = 10) {
  const ids = Array.from({ length: rows }, (_, at) => hex(rows - at));
  await serveApi(({ query }) => {
    const cursor = query.get("cursor");
    const below = ids.filter((id) => cursor === null || id < cursor).slice(0, pageSize);
    const nextCursor = below.at(-1) === hex(1) ? null : below.at(-1);
    return { body: { data: below.map((id) => testDelivery({ id, status: "succeeded" })), nextCursor } };
  });
  const { result, rerender } = renderHook(
    (shown: { openId: string | null; key: string }) => {
      const { query, rows } = useDeliveryLog({}, { live: false });
      return { ...useReadToRow(shown.openId, shown.key, query), query, count: rows?.length };
    },
    { wrapper: inWorkspace(), initialProps: { openId, key: "all" } },
  );
  await waitFor(() => expect(result.current.count).toBeDefined());
  return {
    result,
    rerender,
    /** How many rows are listed once nothing more is read. */
    listed: async () => {
      await waitFor(() => {
        expect(result.current.reading).toBe(false);
        expect(result.current.query.isFetching).toBe(false);
      });
      return result.current.count;
    },
  };
}

test("a log that is opened with a row far down is read down to it", async () => {
  expect(await (await open(hex(3))).listed()).toBe(8);
});

test("it is not read further than to the row's time, if the row is not in it", async () => {
  expect(await (await open(`${hex(7)}x`)).listed()).toBe(4);
  expect(await (await open("ffff")).listed()).toBe(2);
});

test("without an open row only the first page is read, and a long log not to its end", async () => {
  expect(await (await open(null)).listed()).toBe(2);
  expect(await (await open(hex(1), 200)).listed()).toBe(pagesToRowMax * pageSize);
});

test("a row that is opened later, or a filter that is chosen, does not read on; being asked to does", async () => {
  const { rerender, listed, result } = await open(null);
  rerender({ openId: hex(1), key: "all" });
  expect(await listed()).toBe(2);
  act(() => result.current.readTo(hex(1)));
  rerender({ openId: hex(1), key: "until then" });
  expect(await listed()).toBe(10);
});
