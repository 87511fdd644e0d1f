import { randomUUID } from "node:crypto";
import { z } from "zod";

const eventSchema = z.looseObject({
  id: z.string().nullish(),
  name: z.string().min(1),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.number().nullish(),
});
const bodySchema = z.union([z.array(eventSchema), eventSchema.transform((event) => [event])]);

/** An event as functions get it. */
export type EngineEvent = {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  [field: string]: unknown;
};

/** Makes an event of the engine's own. */
export function engineEvent(name: string, data: Record<string, unknown>): EngineEvent {
  return { id: randomUUID(), name, data, ts: Date.now() };
}

/**
 * Answers what the SDK's `inngest.send` posts to `/e/<event key>`, in the way of Inngest's event API, and hands
 * the events on.
 */
export function createEventIntake(accept: (events: EngineEvent[]) => void): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !pathname.startsWith("/e/")) {
      return answer(404, { error: `The embedded engine has no ${request.method} ${pathname}`, status: 404 });
    }
    const parsed = bodySchema.safeParse(await request.json());
    if (!parsed.success) return answer(400, { error: z.prettifyError(parsed.error), status: 400 });
    const events = parsed.data.map((event) => ({
      ...event,
      id: event.id || randomUUID(),
      data: event.data ?? {},
      ts: event.ts || Date.now(),
    }));
    accept(events);
    return answer(200, { ids: events.map((event) => event.id), status: 200 });
  };
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status });
}
