import { rotateSecret } from "@/lib/endpoints/rotate-secret";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const POST = route(operations.rotateSecret, ({ ctx, id, body }) =>
  rotateSecret({ ctx, id, input: body }),
);
