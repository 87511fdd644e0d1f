import { retryDelivery } from "@/lib/deliveries/retry-delivery";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const POST = route(operations.retryDelivery, ({ ctx, id }) => retryDelivery({ ctx, id }));
