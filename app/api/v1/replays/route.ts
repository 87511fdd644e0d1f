import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/route";
import { listReplays } from "@/lib/replays/list-replays";
import { startReplay } from "@/lib/replays/start-replay";

export const GET = route(operations.listReplays, ({ ctx, query }) => listReplays({ ctx, input: query }));
export const POST = route(operations.startReplay, ({ ctx, body }) => startReplay({ ctx, input: body }));
