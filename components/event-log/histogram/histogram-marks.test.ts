import { expect, test } from "vitest";
import { describeMark } from "./histogram-marks";

test("a mark is read as a state and its reason, not as one word after the other", () => {
  const mark = {
    id: "trn_1",
    endpointId: "ep_1",
    kind: "disabled",
    consecutiveFailures: 1,
    httpStatus: 410,
    error: null,
    reason: "it answered 410 Gone",
    cause: { kind: "gone", actorName: null },
    createdAt: new Date().toISOString(),
  } as const;
  expect(describeMark(mark, new Date(), "Billing")).toMatch(
    /^\d\d:\d\d: Billing: Disabled, it answered 410 Gone$/,
  );
});
