import { operations } from "@/lib/contract/operations";
import { deliverEvent } from "@/lib/events/deliver-event";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.deliverEvent, deliverEvent);
