import { operations } from "@/lib/contract/operations";
import { decideHeld } from "@/lib/endpoints/decide-held";
import { route } from "@/lib/http/api-v1";

export const POST = route(operations.decideHeld, decideHeld);
