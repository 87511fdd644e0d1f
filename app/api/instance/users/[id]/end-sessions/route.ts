import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { endSessions } from "@/lib/instance/end-sessions";

export const POST = operatorApi.route(operatorOperations.endSessions, endSessions);
