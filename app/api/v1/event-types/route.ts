import { operations } from "@/lib/contract/operations";
import { createEventType } from "@/lib/event-types/create-event-type";
import { listEventTypes } from "@/lib/event-types/list-event-types";
import { route } from "@/lib/http/route";

export const GET = route(operations.listEventTypes, ({ ctx, query }) =>
  listEventTypes({ ctx, input: query }),
);

export const POST = route(operations.createEventType, ({ ctx, body }) =>
  createEventType({ ctx, input: body }),
);
