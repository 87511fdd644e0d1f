import { expect, test } from "vitest";
import { testDelivery } from "@/components/testing/test-delivery";
import { listByDay, shownDays } from "./log-rows";

const now = new Date(2026, 10, 20, 9, 0);
const row = (id: string, at: Date) => testDelivery({ id, createdAt: at.toISOString() });
const rows = [
  row("4", new Date(2026, 10, 20, 8, 0)),
  row("3", new Date(2026, 10, 20, 0, 0)),
  row("2", new Date(2026, 10, 19, 23, 59)),
  row("1", new Date(2026, 10, 17, 12, 0)),
];

test("rows are under their day in the viewer's zone, in the order they came", () => {
  const items = listByDay(rows, now);
  expect(items.map(({ id, head, above }) => [id, head, above])).toEqual([
    ["Today", 0, 0],
    ["4", 0, 0],
    ["3", 0, 1],
    ["Yesterday", 3, 2],
    ["2", 3, 2],
    [expect.stringMatching(/^Tue,? 17 Nov$/), 5, 3],
    ["1", 5, 3],
  ]);
});

test("an empty log has no days", () => {
  expect(listByDay([], now)).toEqual([]);
});

test("of a day only those rows are shown that stand in the page, and how many it has", () => {
  const parts = [
    { index: 0, before: 0 },
    { index: 2, before: 36 },
    { index: 3, before: 0 },
    { index: 4, before: 0 },
  ];
  const days = shownDays(listByDay(rows, now), parts);
  expect(
    days.map(({ day, head, size, rows }) => [day, head.index, size, rows.map((one) => one.row.id)]),
  ).toEqual([
    ["Today", 0, 2, ["3"]],
    ["Yesterday", 3, 1, ["2"]],
  ]);
  expect(days[0]?.rows).toEqual([expect.objectContaining({ index: 2, before: 36 })]);
});
