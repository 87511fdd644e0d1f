import { operations } from "@/lib/contract/operations";
import { getEvent } from "@/lib/events/get-event";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.getEvent, getEvent);
