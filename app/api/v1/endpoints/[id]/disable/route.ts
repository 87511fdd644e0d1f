import { operations } from "@/lib/contract/operations";
import { disableEndpoint } from "@/lib/endpoints/disable-endpoint";
import { route } from "@/lib/http/route";

export const POST = route(operations.disableEndpoint, ({ ctx, id, body }) =>
  disableEndpoint({ ctx, id, input: body }),
);
