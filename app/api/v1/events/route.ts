import { operations } from "@/lib/contract/operations";
import { listEvents } from "@/lib/events/list-events";
import { route } from "@/lib/http/api-v1";

/** Publishing is answered before Next: see lib/http/lane.ts. */
export const GET = route(operations.listEvents, listEvents);
