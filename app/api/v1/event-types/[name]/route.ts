import { operations } from "@/lib/contract/operations";
import { deleteEventType } from "@/lib/event-types/delete-event-type";
import { getEventType } from "@/lib/event-types/get-event-type";
import { updateEventType } from "@/lib/event-types/update-event-type";
import { route } from "@/lib/http/route";

export const GET = route(operations.getEventType, ({ ctx, name }) => getEventType({ ctx, name }));

export const PATCH = route(operations.updateEventType, ({ ctx, name, body, expected }) =>
  updateEventType({ ctx, name, input: body, expected }),
);

export const DELETE = route(operations.deleteEventType, async ({ ctx, name, expected }) => {
  await deleteEventType({ ctx, name, expected });
  return { ok: true as const };
});
