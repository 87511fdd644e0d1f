import { operations } from "@/lib/contract/operations";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { route } from "@/lib/http/route";

export const GET = route(operations.getDelivery, ({ ctx, id }) => getDelivery({ ctx, id }));
