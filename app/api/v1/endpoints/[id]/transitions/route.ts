import { listTransitions } from "@/lib/endpoints/list-transitions";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const GET = route(operations.listTransitions, ({ ctx, id, query }) =>
  listTransitions({ ctx, id, input: query }),
);
