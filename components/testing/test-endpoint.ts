import type { EndpointOutput } from "@/lib/contract/endpoints";

/** A healthy webhook without traffic, as the API gives it out; `given` is what is other. */
export function testEndpoint(given: Partial<EndpointOutput> = {}): EndpointOutput {
  return {
    id: "ep_1",
    url: "https://api.example.com/hooks",
    name: "Billing",
    description: null,
    eventTypes: null,
    signature: "hmac",
    publicKey: null,
    jwksUrl: null,
    expiringSignatures: [],
    headers: [],
    retryPolicy: null,
    rateLimit: null,
    status: "enabled",
    consecutiveFailures: 0,
    failingSince: null,
    nextProbeAt: null,
    disablesAt: null,
    lastFailure: null,
    discardsWhileDisabled: false,
    disabledAt: null,
    disabledReason: null,
    disabledCause: null,
    held: 0,
    waiting: null,
    health24h: { due: 0, succeeded: 0, successRate: null, requests: 0, hours: [] },
    certificateExpiresAt: null,
    lastDeliveryAt: null,
    lastSuccessAt: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    version: "1",
    ...given,
  };
}
