import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { getReplay } from "@/lib/replays/get-replay";

export const GET = route(operations.getReplay, ({ ctx, id }) => getReplay({ ctx, id }));
