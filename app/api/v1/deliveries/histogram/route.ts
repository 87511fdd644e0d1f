import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getHistogram } from "@/lib/stats/get-histogram";

export const GET = route(operations.getDeliveryHistogram, getHistogram);
