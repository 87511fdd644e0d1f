import { revealSecret } from "@/lib/endpoints/reveal-secret";
import { operations } from "@/lib/http/operations";
import { route } from "@/lib/http/route";

export const GET = route(operations.revealSecret, ({ ctx, id }) => revealSecret({ ctx, id }));
