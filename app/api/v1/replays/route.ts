import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { listReplays } from "@/lib/replays/list-replays";
import { startReplay } from "@/lib/replays/start-replay";

export const GET = route(operations.listReplays, listReplays);
export const POST = route(operations.startReplay, startReplay);
