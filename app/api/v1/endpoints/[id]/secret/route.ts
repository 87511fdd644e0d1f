import { operations } from "@/lib/contract/operations";
import { revealSecret } from "@/lib/endpoints/reveal-secret";
import { route } from "@/lib/http/route";

export const GET = route(operations.revealSecret, ({ ctx, id }) => revealSecret({ ctx, id }));
