import { randomUUID } from "node:crypto";
import { z } from "zod";

const eventSchema = z
  .looseObject({
    id: z.string().nullish(),
    name: z.string().min(1),
    data: z.record(z.string(), z.unknown()).nullish(),
    ts: z.number().nullish(),
  })
  .transform(({ id, name, data, ts, ...rest }) => ({
    ...rest,
    id: id || randomUUID(),
    name,
    data: data ?? {},
    /** When its functions are to start; milliseconds since 1970. */
    ts: ts || Date.now(),
  }));
const bodySchema = z.preprocess((body) => [body].flat(), z.array(eventSchema));

/** An event as functions get it. */
export type EngineEvent = z.infer<typeof eventSchema>;

/**
 * Answers what the SDK's `inngest.send` posts to `/e/<event key>`, as Inngest's event API does, and passes the events
 * on.
 */
export function createEventIntake(accept: (event: EngineEvent) => void): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !pathname.startsWith("/e/")) {
      return answer(404, { error: `The embedded engine has no ${request.method} ${pathname}` });
    }
    const parsed = bodySchema.safeParse(await request.json());
    if (!parsed.success) return answer(400, { error: z.prettifyError(parsed.error) });
    for (const event of parsed.data) accept(event);
    return answer(200, { ids: parsed.data.map((event) => event.id) });
  };
}

function answer(status: number, body: object): Response {
  return Response.json({ ...body, status }, { status });
}
