import { operations } from "@/lib/contract/operations";
import { listEvents } from "@/lib/events/list-events";
import { publishSingle } from "@/lib/events/publish-single";
import { route } from "@/lib/http/route";

export const GET = route(operations.listEvents, ({ ctx, query }) => listEvents({ ctx, input: query }));

export const POST = route(operations.publishEvent, ({ ctx, body, headers }) =>
  publishSingle({ ctx, input: body, idempotencyKeyHeader: headers.get("idempotency-key") }),
);
