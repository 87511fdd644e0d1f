import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { getInstance } from "@/lib/instance/get-instance";
import { updateInstance } from "@/lib/instance/update-instance";

export const GET = operatorApi.route(operatorOperations.getInstance, getInstance);
export const PATCH = operatorApi.route(operatorOperations.updateInstance, updateInstance);
