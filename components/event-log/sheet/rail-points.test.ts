import { describe, expect, test } from "vitest";
import { testAttempt } from "@/components/testing/test-delivery";
import { railPoints } from "./rail-points";

const start = new Date("2026-11-20T12:00:00Z");
const secondsIn = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

const attempt = (number: number, seconds: number, httpStatus: number | null) =>
  testAttempt({ id: `att_${number}`, number, startedAt: secondsIn(seconds).toISOString(), httpStatus });

const failing = {
  attemptLog: [attempt(3, 160, 500), attempt(2, 12, 500), attempt(1, 0, 500)],
  plannedAttempts: [secondsIn(1_968).toISOString(), secondsIn(24_000).toISOString()],
  inFlight: false,
};

describe("the rail of attempts", () => {
  test("distinguishes attempts that were made from planned ones, by time", () => {
    const points = railPoints(failing, secondsIn(200))?.points ?? [];
    expect(points.map(({ number, kind }) => [number, kind])).toEqual([
      [1, "failed"],
      [2, "failed"],
      [3, "failed"],
      [null, "planned"],
      [null, "planned"],
    ]);
  });

  test("spaces the growing delays of the schedule about evenly, from one end to the other", () => {
    const xs = railPoints(failing, secondsIn(200))?.points.map(({ x }) => x) ?? [];
    expect(xs.at(0)).toBe(0);
    expect(xs.at(-1)).toBe(1);
    for (const [index, x] of xs.slice(1).entries()) {
      expect(x - (xs[index] ?? 0)).toBeGreaterThan(0.15);
      expect(x - (xs[index] ?? 0)).toBeLessThan(0.35);
    }
  });

  test("shows the present after what was made and before what is planned", () => {
    const rail = railPoints(failing, secondsIn(200));
    expect(rail?.nowX).toBeGreaterThan(rail?.points[2]?.x ?? 1);
    expect(rail?.nowX).toBeLessThan(rail?.points[3]?.x ?? 0);
  });

  test("shows an attempt under way once, in place of the planned one that it is", () => {
    const points = railPoints({ ...failing, inFlight: true }, secondsIn(1_970))?.points ?? [];
    expect(points.map(({ kind }) => kind)).toEqual(["failed", "failed", "failed", "sending", "planned"]);
  });

  test("marks a success", () => {
    const points = railPoints(
      { attemptLog: [attempt(2, 12, 204), attempt(1, 0, null)], plannedAttempts: [], inFlight: false },
      secondsIn(60),
    )?.points;
    expect(points?.map(({ kind }) => kind)).toEqual(["failed", "succeeded"]);
  });

  test("has nothing to show for a single attempt", () => {
    const single = { attemptLog: [attempt(1, 0, 200)], plannedAttempts: [], inFlight: false };
    expect(railPoints(single, secondsIn(60))).toBeNull();
    expect(railPoints({ ...single, attemptLog: [] }, secondsIn(60))).toBeNull();
  });

  test("marks only times that it reaches", () => {
    const labels = railPoints(failing, secondsIn(200))?.ticks.map(({ label }) => label);
    expect(labels).toEqual(["10 s", "1 m", "10 m", "1 h"]);
  });
});
