import { getEvent } from "@/lib/events/get-event";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const GET = route(operations.getEvent, ({ ctx, id }) => getEvent({ ctx, id }));
