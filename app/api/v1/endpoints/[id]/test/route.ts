import { operations } from "@/lib/contract/operations";
import { testEndpoint } from "@/lib/endpoints/test-endpoint";
import { route } from "@/lib/http/route";

export const POST = route(operations.testEndpoint, ({ ctx, id, body }) =>
  testEndpoint({ ctx, id, input: body }),
);
