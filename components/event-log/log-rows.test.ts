import { expect, test } from "vitest";
import { testDelivery } from "@/components/testing/test-delivery";
import { groupByDay } from "./log-rows";

const now = new Date(2026, 10, 20, 9, 0);
const row = (id: string, at: Date) => testDelivery({ id, createdAt: at.toISOString() });

test("rows are under their day in the viewer's zone, in the order they came", () => {
  const groups = groupByDay(
    [
      row("4", new Date(2026, 10, 20, 8, 0)),
      row("3", new Date(2026, 10, 20, 0, 0)),
      row("2", new Date(2026, 10, 19, 23, 59)),
      row("1", new Date(2026, 10, 17, 12, 0)),
    ],
    now,
  );
  expect(groups.map(({ day, rows }) => [day, rows.map(({ id }) => id)])).toEqual([
    ["Today", ["4", "3"]],
    ["Yesterday", ["2"]],
    [expect.stringMatching(/^Tue,? 17 Nov$/), ["1"]],
  ]);
});

test("an empty log has no days", () => {
  expect(groupByDay([], now)).toEqual([]);
});
