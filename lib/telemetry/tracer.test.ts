import { expect, onTestFinished, test } from "vitest";
import { Tracer } from "./tracer";

const given = (flags: string) => `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}`;

/** How many of so many spans are sampled. */
function countSampled(spans: number, parent: string | null): number {
  const tracer = new Tracer("front", { processId: "p", hasSampler: false });
  onTestFinished(() => tracer.end());
  const options = { kind: "publish", parent, attributes: () => ({}) } as const;
  // They are not ended, so that nothing is exported.
  return Array.from({ length: spans }, () => tracer.start("publish", options)).filter(
    ({ sampled }) => sampled,
  ).length;
}

test("of traces that begin here about a tenth is kept", () => {
  const kept = countSampled(5_000, null);
  // Eight standard deviations.
  expect(kept).toBeGreaterThan(500 - 170);
  expect(kept).toBeLessThan(500 + 170);
});

test("a trace that was given is kept if its sender keeps it", () => {
  expect(countSampled(20, given("01"))).toBe(20);
  expect(countSampled(20, given("00"))).toBe(0);
});
