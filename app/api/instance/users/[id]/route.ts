import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { updateUser } from "@/lib/instance/update-user";

export const PATCH = operatorApi.route(operatorOperations.updateUser, updateUser);
