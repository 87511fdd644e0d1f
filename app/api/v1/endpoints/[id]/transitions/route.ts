import { operations } from "@/lib/contract/operations";
import { listTransitions } from "@/lib/endpoints/list-transitions";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listTransitions, listTransitions);
