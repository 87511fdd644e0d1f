import { operations } from "@/lib/contract/operations";
import { listTransitions } from "@/lib/endpoints/list-transitions";
import { route } from "@/lib/http/route";

export const GET = route(operations.listTransitions, ({ ctx, id, query }) =>
  listTransitions({ ctx, id, input: query }),
);
