import { expect, test } from "vitest";
import { testDelivery } from "@/components/testing/test-delivery";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import {
  allSeen,
  beginningOf,
  countNewRows,
  type Log,
  nearPages,
  pagesAnewMax,
  rowsOf,
  withRows,
} from "./log-pages";

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

test("near are the pages in sight and those next to them, and all if nobody has said what is in sight", () => {
  const pages = Array.from({ length: 6 }, (_, page) => ({ page, data: Array.from({ length: 50 }) }));
  const near = (first: number, last: number) => nearPages(pages, { first, last }).map(({ page }) => page);
  expect(near(0, 20)).toEqual([0, 1]);
  expect(near(120, 160)).toEqual([1, 2, 3, 4]);
  expect(near(280, 299)).toEqual([4, 5]);
  expect(nearPages(pages, allSeen)).toEqual(pages);
});

test("of a long log the beginning is read anew, of a short one everything", () => {
  const pages = Array.from({ length: pagesAnewMax + 3 }, (_, page) => page);
  expect(beginningOf({ pages, pageParams: pages }).pageParams).toEqual(pages.slice(0, pagesAnewMax));
  const short = { pages: [0, 1], pageParams: [0, 1] };
  expect(beginningOf(short)).toEqual(short);
});
