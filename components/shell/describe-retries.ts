import { formatWait } from "@/components/ui/format-wait";
import { retryDelaysSeconds } from "@/lib/core/delivery-limits";
import type { RetryPolicy } from "@/lib/core/endpoints";

/**
 * The waits before the retries of a failed delivery: "12 s, 2 m 28 s, 30 m 8 s".
 *
 * @param retries `null`: until delivered
 */
export function describeRetries(retries: number | null): string {
  if (retries === 0) return "never";
  const growing = retryDelaysSeconds.slice(0, -1).map(formatWait);
  if (retries === null) return `${growing.join(", ")}, then every 24 h`;
  const daily = retries - growing.length;
  const last = daily > 1 ? [`${daily} times 24 h`] : daily === 1 ? ["24 h"] : [];
  return [...growing.slice(0, retries), ...last].join(", ");
}

/** How often a delivery is retried, and after which failures: "3 retries, of any failure". */
export function retryPolicyLabel({ retries, retryOn }: RetryPolicy): string {
  if (retries === 0) return "No retries";
  const count = retries === null ? "Until delivered" : retries === 1 ? "1 retry" : `${retries} retries`;
  return `${count}, ${retryOn === "5xx" ? "after a 5xx or no response" : "after any failure"}`;
}
