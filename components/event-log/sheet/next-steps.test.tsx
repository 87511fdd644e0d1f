import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { testDelivery } from "@/components/testing/test-delivery";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { NextSteps } from "./next-steps";

const endpoint = testDelivery().endpoint;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

function sentenceOf(given: Partial<DeliveryDetailOutput>, workspace = {}): string {
  const { unmount } = render(<NextSteps delivery={testDelivery(given)} />, {
    wrapper: inWorkspace({ workspace }),
  });
  const text =
    screen.getByRole("region", { name: "What happens next" }).querySelector("p")?.textContent ?? "";
  unmount();
  return text;
}

test("a delivery that waits says when it is sent and that this goes on", () => {
  const pending = { status: "pending", nextAttemptAt: inMinutes(10) } as const;
  expect(sentenceOf(pending)).toMatch(/^First attempt at .*, in (9|10) m.* until the webhook answers 2xx\.$/);
  expect(sentenceOf({ ...pending, attempts: 3 })).toMatch(/^Retry 3 at /);
});

test("a delivery that waits for its webhook says when that is tried", () => {
  const backsOff = { ...endpoint, nextProbeAt: inMinutes(20) };
  const pending = { status: "pending", endpoint: backsOff, attempts: 1 } as const;
  expect(sentenceOf({ ...pending, nextAttemptAt: inMinutes(10) })).toMatch(
    /^It is sent when the webhook answers again; next try \d\d:\d\d.*, in .*\. After several failures/,
  );
  expect(sentenceOf({ ...pending, nextAttemptAt: inMinutes(30) })).toMatch(
    /^Retry 1 at .*, if the webhook answers again by then/,
  );
});

test("what is under way, and what belongs to a deleted webhook, says so first", () => {
  expect(sentenceOf({ inFlight: true, status: "failed" })).toBe("It is being sent now.");
  expect(sentenceOf({ endpoint: { ...endpoint, deleted: true }, why: "Its webhook was deleted." })).toBe(
    "Its webhook was deleted. Nothing more is sent.",
  );
});

test("what has ended says how it can still be sent, to a person who may send it", () => {
  expect(sentenceOf({ status: "failed" })).toMatch(/allows no more attempts\. You can send it again\.$/);
  expect(sentenceOf({ status: "failed", test: true })).toMatch(
    /^No automatic retry: a test is not retried\./,
  );
  expect(sentenceOf({ status: "failed" }, asViewer)).toMatch(
    /An owner or a developer of this workspace can send it again\.$/,
  );
  expect(sentenceOf({ status: "discarded", why: "It was discarded." })).toBe(
    "No automatic retry. It was discarded. You can still send it.",
  );
  expect(sentenceOf({ status: "held", why: "It is held." }, asViewer)).toBe("It is held.");
});
