import { operations } from "@/lib/contract/operations";
import { rotateSecret } from "@/lib/endpoints/rotate-secret";
import { route } from "@/lib/http/route";

export const POST = route(operations.rotateSecret, ({ ctx, id, body }) =>
  rotateSecret({ ctx, id, input: body }),
);
