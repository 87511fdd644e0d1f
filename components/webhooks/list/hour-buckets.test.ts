import { expect, test } from "vitest";
import { hourBuckets } from "./hour-buckets";

const now = new Date("2026-11-20T12:34:56Z");

test("there are 24 hours, the last of which is the one that runs; those without traffic are zero", () => {
  const buckets = hourBuckets(
    [
      { hour: "2026-11-20T12:00:00.000Z", succeeded: 5, failed: 1, pending: 2 },
      { hour: "2026-11-19T13:00:00.000Z", succeeded: 2, failed: 0, pending: 0 },
      { hour: "2026-11-19T12:00:00.000Z", succeeded: 9, failed: 9, pending: 0 },
    ],
    now,
  );
  expect(buckets).toHaveLength(24);
  expect(buckets.at(-1)).toEqual({
    from: new Date("2026-11-20T12:00:00Z"),
    to: new Date("2026-11-20T13:00:00Z"),
    succeeded: 5,
    failed: 1,
    pending: 2,
  });
  expect(buckets[0]).toMatchObject({ from: new Date("2026-11-19T13:00:00Z"), succeeded: 2, failed: 0 });
  // The oldest hour given is no more among the last 24.
  expect(buckets.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0)).toBe(8);
});
