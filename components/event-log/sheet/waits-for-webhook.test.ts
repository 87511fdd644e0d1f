import { expect, test } from "vitest";
import { testDelivery } from "@/components/testing/test-delivery";
import { waitsForWebhook } from "./waits-for-webhook";

const now = new Date("2026-11-20T12:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const delivery = (nextAttemptAt: string | null, nextProbeAt: string | null) =>
  testDelivery({ nextAttemptAt, endpoint: { ...testDelivery().endpoint, nextProbeAt } });

test.each([
  ["due, and the webhook is tried later", at(-1), at(10), true],
  ["due before the next try of its webhook", at(5), at(10), true],
  ["due together with it", at(10), at(10), true],
  ["due, and the webhook's own try is due too", at(-1), at(-1), true],
  ["due after the next try of its webhook", at(20), at(10), false],
  ["due, and its webhook does not back off", at(-1), null, false],
  ["without a time of its own", null, at(10), false],
])("a delivery that is %s waits for the webhook: %s, %s: %s", (_, nextAttemptAt, nextProbeAt, waits) => {
  expect(waitsForWebhook(delivery(nextAttemptAt, nextProbeAt), now)).toBe(waits);
});

test("what has ended, or is held, waits for nothing", () => {
  for (const status of ["succeeded", "failed", "discarded", "held"] as const) {
    expect(waitsForWebhook({ ...delivery(at(5), at(10)), status }, now)).toBe(false);
  }
});
