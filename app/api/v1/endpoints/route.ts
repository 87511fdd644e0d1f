import { operations } from "@/lib/contract/operations";
import { createEndpoint } from "@/lib/endpoints/create-endpoint";
import { listEndpoints } from "@/lib/endpoints/list-endpoints";
import { route } from "@/lib/http/route";

export const GET = route(operations.listEndpoints, ({ ctx, query }) => listEndpoints({ ctx, input: query }));

export const POST = route(operations.createEndpoint, ({ ctx, body }) => createEndpoint({ ctx, input: body }));
