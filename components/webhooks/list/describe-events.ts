import { countEvents } from "@/components/ui/count-events";

/** "All events", "1 event", "12 events". */
export function describeEvents(eventTypes: readonly string[] | null): string {
  return eventTypes === null ? "All events" : countEvents(eventTypes.length);
}
