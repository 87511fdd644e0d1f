import { formatBytes } from "@/components/ui/format-bytes";
import { formatWait } from "@/components/ui/format-wait";
import type { SelfTestOutput } from "@/lib/contract/self-tests";
import type { SelfTestPhase } from "@/lib/core/self-test";

type Result = NonNullable<SelfTestOutput["result"]>;

/** What a phase does, for the list of its progress. */
export const phaseTexts: Record<SelfTestPhase, string> = {
  burst: "Deliver as many events as possible",
  steady: "Deliver 100 events a second",
  kills: "Kill the delivery thread, three times",
  reconnects: "Close all database connections, three times",
  settling: "Wait for the last deliveries",
  clearing: "Remove the test's events and webhooks",
};

const count = (value: number) => Math.round(value).toLocaleString("en");

/** What came of a test, in a few words; `good` if there is nothing to be done about it. */
export function describeVerdict({ status, reason, result }: SelfTestOutput): { text: string; good: boolean } {
  if (!result) {
    if (status === "canceled") return { text: "Canceled", good: true };
    return { text: reason ?? "Running", good: status !== "failed" };
  }
  const { lost, accepted } = result;
  if (lost === 0) return { text: "Nothing was lost", good: true };
  return { text: `${count(lost)} of ${count(accepted)} deliveries were lost`, good: false };
}

/**
 * For how long the disk lasts: at the rate of the burst, and at a tenth of it.
 * @returns `null` if that is not known
 */
export function describeDisk({ freeBytes, bytesPerDelivery, deliveriesPerSecond }: Result): string | null {
  if (freeBytes === null || bytesPerDelivery === 0) return null;
  const deliveries = freeBytes / bytesPerDelivery;
  const lasts = (perSecond: number) => formatWait(deliveries / perSecond);
  const tenth = deliveriesPerSecond / 10;
  return `${formatBytes(freeBytes)} are free, enough for ${count(deliveries)} deliveries: ${lasts(deliveriesPerSecond)} at this rate, ${lasts(tenth)} at a tenth of it`;
}
