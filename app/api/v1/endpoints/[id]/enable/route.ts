import { enableEndpoint } from "@/lib/endpoints/enable-endpoint";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const POST = route(operations.enableEndpoint, ({ ctx, id, body }) =>
  enableEndpoint({ ctx, id, input: body }),
);
