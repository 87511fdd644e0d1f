import { operations } from "@/lib/contract/operations";
import { listEvents } from "@/lib/events/list-events";
import { publishSingle } from "@/lib/events/publish-single";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listEvents, listEvents);

export const POST = route(operations.publishEvent, ({ ctx, input, headers }) =>
  publishSingle({ ctx, input, idempotencyKeyHeader: headers.get("idempotency-key") }),
);
