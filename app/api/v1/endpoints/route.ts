import { operations } from "@/lib/contract/operations";
import { createEndpoint } from "@/lib/endpoints/create-endpoint";
import { listEndpoints } from "@/lib/endpoints/list-endpoints";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listEndpoints, listEndpoints);

export const POST = route(operations.createEndpoint, createEndpoint);
