import type { EventTypeOutput } from "@/lib/contract/event-types";

/** An event type of the catalogue, of the group that its name begins with; `given` is what is other. */
export function testEventType(name: string, given: Partial<EventTypeOutput> = {}): EventTypeOutput {
  return {
    name,
    group: name.split(".")[0] ?? name,
    description: null,
    example: "{}",
    schema: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    version: "1",
    ...given,
  };
}
