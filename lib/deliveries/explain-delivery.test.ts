import { expect, test } from "vitest";
import { discardReasons } from "./constants";
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
