import { operations } from "@/lib/contract/operations";
import { countDeliveries } from "@/lib/deliveries/count-deliveries";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.countDeliveries, countDeliveries);
