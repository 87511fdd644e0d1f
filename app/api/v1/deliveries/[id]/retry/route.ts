import { operations } from "@/lib/contract/operations";
import { retryDelivery } from "@/lib/deliveries/retry-delivery";
import { route } from "@/lib/http/route";

export const POST = route(operations.retryDelivery, ({ ctx, id }) => retryDelivery({ ctx, id }));
