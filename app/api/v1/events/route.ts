import { operations } from "@/lib/contract/operations";
import { listEvents } from "@/lib/events/list-events";
import { publishEvent } from "@/lib/events/publish-events";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listEvents, listEvents);

export const POST = route(operations.publishEvent, publishEvent);
