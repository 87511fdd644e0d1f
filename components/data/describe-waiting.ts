import { countEvents } from "@/components/ui/count-events";
import { formatAge } from "@/components/ui/format-time";
import type { EndpointOutput } from "@/lib/contract/endpoints";

const minuteMs = 60_000;

/**
 * "456 events waiting, the oldest for 1 h 12 min"; `null` if none are.
 *
 * @param now `null` while the viewer's clock is unknown: then the age is omitted
 */
export function describeWaiting(waiting: EndpointOutput["waiting"], now: Date | null): string | null {
  if (!waiting) return null;
  const { count, more, oldestAt } = waiting;
  const age = now && formatAge(now.getTime() - new Date(oldestAt).getTime());
  if (count === 1) return age ? `1 event has been waiting for ${age}` : "1 event is waiting";
  return `${countWaiting(count, more)} waiting${age ? `, the oldest for ${age}` : ""}`;
}

/** A shorter form: "456 waiting, oldest 1 h 12 min"; in whole minutes from the first one on. */
export function describeWaitingShortly(waiting: EndpointOutput["waiting"], now: Date | null): string | null {
  if (!waiting) return null;
  const { count, more, oldestAt } = waiting;
  const ms = now && now.getTime() - new Date(oldestAt).getTime();
  const age = ms !== null && formatAge(ms < minuteMs ? ms : Math.floor(ms / minuteMs) * minuteMs);
  const oldest = age && (count === 1 ? ` for ${age}` : `, oldest ${age}`);
  return `${count.toLocaleString("en")}${more ? "+" : ""} waiting${oldest || ""}`;
}

/** Whether events have waited longer than sending takes, at a webhook that does not fail: one with a low rate limit. */
export function isWaitingLong(waiting: EndpointOutput["waiting"], now: Date | null): boolean {
  return waiting !== null && now !== null && now.getTime() - new Date(waiting.oldestAt).getTime() > minuteMs;
}

/** "456 events", "10,000+ events". */
export function countWaiting(count: number, more: boolean): string {
  return more ? `${count.toLocaleString("en")}+ events` : countEvents(count);
}
