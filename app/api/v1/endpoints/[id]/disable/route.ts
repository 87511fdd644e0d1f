import { setEndpointEnabled } from "@/lib/endpoints/set-endpoint-enabled";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const POST = route(operations.disableEndpoint, ({ ctx, id }) =>
  setEndpointEnabled({ ctx, id, enabled: false }),
);
