import { operations } from "@/lib/contract/operations";
import { createEventType } from "@/lib/event-types/create-event-type";
import { listEventTypes } from "@/lib/event-types/list-event-types";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listEventTypes, listEventTypes);

export const POST = route(operations.createEventType, createEventType);
