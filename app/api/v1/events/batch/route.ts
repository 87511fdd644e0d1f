import { operations } from "@/lib/contract/operations";
import { publishEvents } from "@/lib/events/publish-events";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.publishBatch, async ({ ctx, input }) => ({
  data: await publishEvents({ ctx, input: input.events, path: "events." }),
}));
