import { operations } from "@/lib/contract/operations";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.getDelivery, getDelivery);
