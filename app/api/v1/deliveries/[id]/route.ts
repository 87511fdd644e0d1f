import { getDelivery } from "@/lib/deliveries/get-delivery";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const GET = route(operations.getDelivery, ({ ctx, id }) => getDelivery({ ctx, id }));
