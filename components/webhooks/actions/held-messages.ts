import { countEvents } from "@/components/ui/count-events";
import type { ReplayOutput } from "@/lib/contract/replays";
import { isHeldUp } from "@/lib/core/replays";

/** "1 event was", "412 events were". */
export function countEventsWere(count: number): string {
  return `${countEvents(count)} ${count === 1 ? "was" : "were"}`;
}

/** The same time of day, days later. */
export function daysFrom(date: Date, days: number): Date {
  const later = new Date(date);
  later.setDate(later.getDate() + days);
  return later;
}

/** What a job does with a webhook's held events, in a sentence. */
export function describeHeldJob(job: Pick<ReplayOutput, "kind" | "status" | "reason">): string {
  const { kind, status } = job;
  if (isHeldUp(job)) return "A replay waits until the webhook is enabled.";
  if (kind === "replay") return status === "paused" ? "Their replay is paused." : "They are being replayed.";
  return status === "paused" ? "Discarding them is paused." : "They are being discarded.";
}
