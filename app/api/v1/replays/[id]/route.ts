import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getReplay } from "@/lib/replays/get-replay";

export const GET = route(operations.getReplay, getReplay);
