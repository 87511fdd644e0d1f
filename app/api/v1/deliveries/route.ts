import { listDeliveries } from "@/lib/deliveries/list-deliveries";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const GET = route(operations.listDeliveries, ({ ctx, query }) =>
  listDeliveries({ ctx, input: query }),
);
