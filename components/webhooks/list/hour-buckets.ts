import type { EndpointOutput } from "@/lib/contract/endpoints";

const hourMs = 3_600_000;

export type HourBucket = { from: Date; to: Date; succeeded: number; failed: number; pending: number };

/** The 24 hours that end with the one of `now`, oldest first; hours without traffic are zero. */
export function hourBuckets(hours: EndpointOutput["health24h"]["hours"], now: Date): HourBucket[] {
  const counts = new Map(hours.map((hour) => [new Date(hour.hour).getTime(), hour]));
  const current = Math.floor(now.getTime() / hourMs) * hourMs;
  return Array.from({ length: 24 }, (_, index) => {
    const from = current - (23 - index) * hourMs;
    const { succeeded = 0, failed = 0, pending = 0 } = counts.get(from) ?? {};
    return { from: new Date(from), to: new Date(from + hourMs), succeeded, failed, pending };
  });
}
