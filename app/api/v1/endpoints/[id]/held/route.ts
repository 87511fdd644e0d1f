import { decideHeld } from "@/lib/endpoints/decide-held";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const POST = route(operations.decideHeld, ({ ctx, id, body }) => decideHeld({ ctx, id, input: body }));
