import { operations } from "@/lib/contract/operations";
import { listDeliveries } from "@/lib/deliveries/list-deliveries";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listDeliveries, listDeliveries);
