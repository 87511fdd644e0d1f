import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getOverview } from "@/lib/stats/get-overview";

export const GET = route(operations.getOverview, getOverview);
