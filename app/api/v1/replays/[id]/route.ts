import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getReplay } from "@/lib/replays/get-replay";
import { updateReplay } from "@/lib/replays/update-replay";

export const PATCH = route(operations.updateReplay, updateReplay);
export const GET = route(operations.getReplay, getReplay);
