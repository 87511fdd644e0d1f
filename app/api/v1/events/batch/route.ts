import { operations } from "@/lib/contract/operations";
import { publishEvents } from "@/lib/events/publish-events";
import { route } from "@/lib/http/route";

export const POST = route(operations.publishBatch, async ({ ctx, body }) => ({
  data: await publishEvents({ ctx, input: body.events, path: "events." }),
}));
