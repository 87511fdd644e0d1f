import { operations } from "@/lib/contract/operations";
import { getEvent } from "@/lib/events/get-event";
import { route } from "@/lib/http/route";

export const GET = route(operations.getEvent, ({ ctx, id }) => getEvent({ ctx, id }));
