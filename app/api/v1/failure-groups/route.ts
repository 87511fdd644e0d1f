import { operations } from "@/lib/contract/operations";
import { listFailureGroups } from "@/lib/deliveries/list-failure-groups";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.listFailureGroups, listFailureGroups);
