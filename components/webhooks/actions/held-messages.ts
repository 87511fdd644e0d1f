import { countEvents } from "@/components/ui/count-events";
import type { ReplayOutput } from "@/lib/contract/replays";

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

/** How long a replay takes at a pace, as text: "about 8 minutes"; "at most a minute" for less. */
export function describePace(count: number, ratePerSecond: number): string {
  const minutes = Math.round(count / ratePerSecond / 60);
  if (minutes <= 1) return "at most a minute";
  if (minutes < 90) return `about ${minutes} minutes`;
  return `about ${Math.round(minutes / 60)} hours`;
}

/** What a job does with a webhook's held events, in a sentence. */
export function describeHeldJob({ kind, status }: Pick<ReplayOutput, "kind" | "status">): string {
  if (kind === "replay") return status === "paused" ? "Their replay is paused." : "They are being replayed.";
  return status === "paused" ? "Discarding them is paused." : "They are being discarded.";
}
