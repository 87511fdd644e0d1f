import { operations } from "@/lib/contract/operations";
import { enableEndpoint } from "@/lib/endpoints/enable-endpoint";
import { route } from "@/lib/http/route";

export const POST = route(operations.enableEndpoint, ({ ctx, id, body }) =>
  enableEndpoint({ ctx, id, input: body }),
);
