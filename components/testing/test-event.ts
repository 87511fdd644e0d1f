import type { EventOutput } from "@/lib/contract/events";

/** An event that went to nobody, as the API gives it out; `given` is what is other. */
export function testEvent(given: Partial<EventOutput> = {}): EventOutput {
  return {
    id: "evt_1",
    type: "invoice.paid",
    test: false,
    idempotencyKey: null,
    timestamp: "2026-11-20T12:00:00.000Z",
    deliveries: 0,
    statuses: { pending: 0, held: 0, succeeded: 0, failed: 0, discarded: 0 },
    createdAt: "2026-11-20T12:00:00.000Z",
    ...given,
  };
}
