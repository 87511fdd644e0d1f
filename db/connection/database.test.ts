import { expect, test } from "vitest";
import { connectionsOf } from "./database";

test.each([10, 11, 12, 20, 49, 1_000])(
  "of %i connections the parts have no more together, and each enough to work with",
  (connections) => {
    const parts = (["front", "main", "delivery"] as const).map((part) => connectionsOf(part, connections));
    const singles = 3;
    const sum = parts.reduce((all, { max, engineMax }) => all + max + engineMax, singles);
    expect(sum).toBeLessThanOrEqual(connections);
    expect(sum).toBeGreaterThan(connections - 3);
    expect(parts.map(({ max }) => max)).toEqual(parts.map(({ max }) => Math.max(2, max)));
    expect(parts.map(({ engineMax }) => engineMax > 0)).toEqual([false, false, true]);
  },
);

test("a process without threads has all of them", () => {
  expect(connectionsOf("all", 49)).toEqual({ max: 42, engineMax: 4 });
});
