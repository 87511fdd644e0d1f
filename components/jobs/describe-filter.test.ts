import { expect, test } from "vitest";
import { describeFilter } from "./describe-filter";

const told = (filter: Omit<Parameters<typeof describeFilter>[0], "tests">) =>
  describeFilter(
    { tests: "0", ...filter },
    {
      nameOf: (id) => (id === "ep_1" ? "Billing" : null),
      now: new Date("2026-11-28T12:00:00.000Z"),
    },
  );

test.each([
  [{}, "All events"],
  [{ id: ["dlv_1"] }, "1 selected event"],
  [{ id: Array.from({ length: 1_200 }, (_, n) => `dlv_${n}`) }, "1,200 selected events"],
  [{ endpointId: ["ep_1", "ep_2"] }, "webhook Billing, a deleted webhook"],
  [{ status: ["pending", "failed"] as const }, "status waiting or retrying, failed"],
  [{ type: ["a", "b", "c", "d", "e"] }, "type a, b, c and 2 more"],
  [{ httpStatus: ["5xx", "none"] }, "response 5xx, none"],
  [{ error: ["connection_refused"] as const }, "cause “The server refused the connection”"],
  [{ attemptsMin: 3 }, "3 or more attempts"],
  [
    { failureGroup: "fgr_0123", q: "cus_4321", type: ["a"] },
    "type a · one failure group · search “cus_4321”",
  ],
  [{ replayId: "rpl_0123" }, "what another job sent"],
])("%j is told in words", (filter, words) => {
  expect(told({ ...filter } as Parameters<typeof told>[0])).toBe(words);
});

test("times are told in the viewer's zone, and not before that is known", () => {
  const from = "2026-11-28T02:14:00.000Z";
  expect(told({ from })).toMatch(/^since \d\d:\d\d$/);
  expect(describeFilter({ tests: "0", from }, { nameOf: () => null, now: null })).toBe("since ");
});
