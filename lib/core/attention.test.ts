import { expect, test } from "vitest";
import { worstFirst } from "./attention";

const fine = {
  status: "enabled" as const,
  disabledCause: null,
  consecutiveFailures: 0,
  held: 0,
  waiting: null,
  health24h: { successRate: 1 },
};
const failing = (consecutiveFailures: number, count: number) => ({
  ...fine,
  status: "failing" as const,
  consecutiveFailures,
  waiting: { count },
});

test("of webhooks that fail alike, the one for which more waits needs somebody first", () => {
  const [few, many, longer] = [failing(6, 3), failing(6, 3_001), failing(7, 1)];
  expect(worstFirst([few, fine, many, longer]).map(({ endpoint }) => endpoint)).toEqual([longer, many, few]);
});

test("what waits at a healthy webhook is no problem of its own", () => {
  expect(worstFirst([{ ...fine, waiting: { count: 5 } }])).toEqual([]);
});
