import { operations } from "@/lib/contract/operations";
import { probeEndpoint } from "@/lib/endpoints/probe-endpoint";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.probeEndpoint, probeEndpoint);
