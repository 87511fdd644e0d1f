import { operations } from "@/lib/contract/operations";
import { decideHeld } from "@/lib/endpoints/decide-held";
import { route } from "@/lib/http/route";

export const POST = route(operations.decideHeld, ({ ctx, id, body }) => decideHeld({ ctx, id, input: body }));
