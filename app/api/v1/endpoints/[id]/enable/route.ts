import { setEndpointEnabled } from "@/lib/endpoints/set-endpoint-enabled";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const POST = route(operations.enableEndpoint, ({ ctx, id }) =>
  setEndpointEnabled({ ctx, id, enabled: true }),
);
