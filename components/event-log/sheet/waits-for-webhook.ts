import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";

/**
 * Whether a delivery's own time is not later than the next try of its webhook, which backs off: then it waits for
 * that.
 */
export function waitsForWebhook(
  { status, nextAttemptAt, endpoint }: DeliveryDetailOutput,
  now: Date,
): boolean {
  if (status !== "pending" || nextAttemptAt === null || endpoint.nextProbeAt === null) return false;
  const at = new Date(nextAttemptAt);
  return at <= now || at <= new Date(endpoint.nextProbeAt);
}
