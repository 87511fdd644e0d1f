import { operations } from "@/lib/contract/operations";
import { retryDelivery } from "@/lib/deliveries/retry-delivery";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.retryDelivery, retryDelivery);
