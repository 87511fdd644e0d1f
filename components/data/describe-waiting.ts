import { countEvents } from "@/components/ui/count-events";
import { formatAge } from "@/components/ui/format-time";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/**
 * "456 events waiting, the oldest for 1 h 12 min"; `null` if none does.
 *
 * @param now `null` while the viewer's clock is not known: then no age is named
 */
export function describeWaiting(waiting: EndpointOutput["waiting"], now: Date | null): string | null {
  if (!waiting) return null;
  const { count, more, oldestAt } = waiting;
  const age = now && formatAge(now.getTime() - new Date(oldestAt).getTime());
  if (count === 1) return age ? `1 event has been waiting for ${age}` : "1 event is waiting";
  return `${countWaiting(count, more)} waiting${age ? `, the oldest for ${age}` : ""}`;
}

/** "456 events", "10,000+ events". */
export function countWaiting(count: number, more: boolean): string {
  return more ? `${count.toLocaleString("en")}+ events` : countEvents(count);
}
