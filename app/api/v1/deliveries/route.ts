import { operations } from "@/lib/contract/operations";
import { listDeliveries } from "@/lib/deliveries/list-deliveries";
import { route } from "@/lib/http/route";

export const GET = route(operations.listDeliveries, ({ ctx, query }) =>
  listDeliveries({ ctx, input: query }),
);
