import type { AttemptOutput, DeliveryDetailOutput } from "@/lib/contract/deliveries";

/** An attempt that was answered with 500, as the API gives it out; `given` is what is other. */
export function testAttempt(given: Partial<AttemptOutput> = {}): AttemptOutput {
  return {
    id: "att_1",
    number: 1,
    trigger: "automatic",
    url: "https://api.example.com/hooks",
    startedAt: "2026-11-20T12:00:00.000Z",
    durationMs: 40,
    httpStatus: 500,
    error: null,
    errorDetail: null,
    remoteAddress: null,
    certificateExpiresAt: null,
    timings: null,
    request: { headers: {} },
    response: null,
    ...given,
  };
}

/** A delivery that was never tried, as the API gives it out in full; `given` is what is other. */
export function testDelivery(given: Partial<DeliveryDetailOutput> = {}): DeliveryDetailOutput {
  return {
    id: "dlv_1",
    eventId: "evt_1",
    endpointId: "ep_1",
    type: "invoice.paid",
    test: false,
    status: "pending",
    inFlight: false,
    attempts: 0,
    httpStatus: null,
    error: null,
    errorDetail: null,
    durationMs: null,
    nextAttemptAt: null,
    createdAt: "2026-11-20T12:00:00.000Z",
    completedAt: null,
    payload: "{}",
    timestamp: "2026-11-20T12:00:00.000Z",
    idempotencyKey: null,
    endpoint: {
      id: "ep_1",
      name: "Billing",
      url: "https://api.example.com/hooks",
      deleted: false,
      disabledAt: null,
      nextProbeAt: null,
    },
    attemptLog: [],
    plannedAttempts: [],
    reasons: {
      match: "The webhook gets all event types.",
      webhook: "It was healthy.",
      next: "The workspace's retry policy: until delivered.",
    },
    why: "It waits.",
    ...given,
  };
}
