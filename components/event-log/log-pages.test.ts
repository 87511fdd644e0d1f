import { expect, test } from "vitest";
import { testDelivery } from "@/components/testing/test-delivery";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import { countNewRows, type Log, rowsOf, withRows } from "./log-pages";

const row = (id: string, status: DeliveryOutput["status"] = "pending"): DeliveryOutput =>
  testDelivery({ id, eventId: `evt_${id}`, status });

const log = (...pages: [ids: string[], nextCursor: string | null][]): Log => ({
  pages: pages.map(([ids, nextCursor]) => ({
    data: ids.map((id) => row(id)),
    nextCursor,
    lookedBackTo: null,
    payloadIndex: null,
    fresh: [],
  })),
  pageParams: [],
});

test("rows change in place, and none goes because it is not found any more", () => {
  const [page] = log([["5", "4", "3"], null]).pages;
  if (!page) throw new Error("there is no page");
  const read = withRows(page, [row("4", "succeeded")]);
  expect(read.data.map(({ id, status }) => [id, status])).toEqual([
    ["5", "pending"],
    ["4", "succeeded"],
    ["3", "pending"],
  ]);
});

test("new are rows that were not listed, wherever among those listed they belong", () => {
  const listed = log([["7", "5"], "5"], [["4", "2"], "2"]);
  expect(rowsOf(listed).map(({ id }) => id)).toEqual(["7", "5", "4", "2"]);
  expect(
    countNewRows(
      listed,
      ["9", "8", "7", "6", "5", "4"].map((id) => row(id)),
    ),
  ).toBe(3);
});

test("rows of the next page are not new", () => {
  const head = ["3", "2", "1"].map((id) => row(id));
  expect(countNewRows(log([["4", "3"], "3"]), head)).toBe(0);
  expect(countNewRows(log([["4", "3"], null]), head)).toBe(2);
});

test("a head of nothing but new rows counts them all", () => {
  const head = Array.from({ length: 100 }, (_, index) => row(String(999 - index)));
  expect(countNewRows(log([["100"], null]), head)).toBe(100);
});
