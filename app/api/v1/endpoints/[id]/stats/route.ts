import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getEndpointStats } from "@/lib/stats/get-endpoint-stats";

export const GET = route(operations.getEndpointStats, getEndpointStats);
