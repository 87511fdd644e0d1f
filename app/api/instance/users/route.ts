import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { listUsers } from "@/lib/instance/list-users";

export const GET = operatorApi.route(operatorOperations.listUsers, listUsers);
