import { operations } from "@/lib/contract/operations";
import { deleteEventType } from "@/lib/event-types/delete-event-type";
import { getEventType } from "@/lib/event-types/get-event-type";
import { updateEventType } from "@/lib/event-types/update-event-type";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.getEventType, getEventType);

export const PATCH = route(operations.updateEventType, updateEventType);

export const DELETE = route(operations.deleteEventType, deleteEventType);
