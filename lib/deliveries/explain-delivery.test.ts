import { expect, test } from "vitest";
import { type DiscardReason, discardReasons } from "../core/deliveries";
import { explainDelivery } from "./explain-delivery";

const at = (time: string) => new Date(`2026-11-21T${time}:00.000Z`);
const pending: Parameters<typeof explainDelivery>[0] = {
  status: "pending",
  held: false,
  discardReason: null,
  endpointFailures: 0,
  endpointNextProbeAt: null,
  endpointDisabledAt: null,
  test: false,
  httpStatus: 500,
  error: null,
  attempts: 1,
  dueAt: at("14:00"),
  requestedAt: null,
  leased: false,
};

test("a held delivery says whether it waits for the webhook to be enabled, or for somebody to decide", () => {
  expect(explainDelivery({ ...pending, held: true, endpointDisabledAt: at("12:00") })).toContain(
    "the webhook is disabled",
  );
  expect(explainDelivery({ ...pending, held: true })).toContain("left for later");
});

test("a delivery whose webhook keeps failing names the webhook's next try", () => {
  const failing = { ...pending, endpointFailures: 7, endpointNextProbeAt: at("14:32") };
  expect(explainDelivery(failing)).toBe(
    "It is sent when the webhook answers again; next try at 2026-11-21T14:32:00.000Z.",
  );
  expect(explainDelivery({ ...failing, dueAt: at("18:00") })).toBe(
    "It is tried again at 2026-11-21T18:00:00.000Z, if the webhook answers again by then; next try at 2026-11-21T14:32:00.000Z.",
  );
  expect(explainDelivery({ ...failing, leased: true })).toBe("It is being sent now.");
});

test("a delivery of a webhook that does not yet fail for good says its own next attempt", () => {
  expect(explainDelivery({ ...pending, endpointFailures: 4 })).toBe(
    "The webhook answered 500. It is tried again at 2026-11-21T14:00:00.000Z.",
  );
});

test("each reason to discard a delivery has words of its own", () => {
  const words = discardReasons.map((discardReason) =>
    explainDelivery({ ...pending, status: "discarded", discardReason }),
  );
  expect(new Set(words).size).toBe(discardReasons.length);
});

test("what was discarded says after how many attempts", () => {
  const discarded = (discardReason: DiscardReason, attempts: number) =>
    explainDelivery({ ...pending, status: "discarded", discardReason, attempts });
  expect(discarded("endpoint_deleted", 0)).toBe("The webhook was deleted before it was sent.");
  expect(discarded("endpoint_deleted", 1)).toBe(
    "The webhook was deleted after 1 attempt, before it was delivered.",
  );
  expect(discarded("endpoint_deleted", 3)).toContain("deleted after 3 attempts,");
  for (const reason of discardReasons) {
    expect(discarded(reason, 0)).not.toMatch(/attempt/);
    expect(discarded(reason, 1)).toMatch(/after 1 attempt\b/);
    expect(discarded(reason, 2)).toMatch(/after 2 attempts\b/);
    expect(discarded(reason, 2)).not.toMatch(/before it was sent|instead of sending/);
  }
});

test("what was sent by hand after it had ended says so, and counts before it only what was", () => {
  const ended = { ...pending, attempts: 3, httpStatus: 503 };
  expect(explainDelivery({ ...ended, status: "discarded", discardReason: "by_person" }, 2)).toBe(
    "Someone discarded it after 2 attempts. It has been sent by hand since then: the webhook answered 503.",
  );
  expect(explainDelivery({ ...ended, status: "succeeded" }, 1)).toBe(
    "It was delivered. It has been sent again since then: the webhook answered 503.",
  );
  expect(explainDelivery({ ...ended, status: "succeeded", httpStatus: 204 }, 1)).toBe(
    "The webhook answered 204.",
  );
});
