import { operations } from "@/lib/contract/operations";
import { enableEndpoint } from "@/lib/endpoints/enable-endpoint";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.enableEndpoint, enableEndpoint);
