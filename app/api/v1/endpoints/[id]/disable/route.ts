import { operations } from "@/lib/contract/operations";
import { disableEndpoint } from "@/lib/endpoints/disable-endpoint";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.disableEndpoint, disableEndpoint);
