import { operatorOperations } from "@/lib/contract/operations/instance";
import { operatorApi } from "@/lib/http/instance-api";
import { updateWorkspaceLimit } from "@/lib/instance/update-workspace-limit";

export const PATCH = operatorApi.route(operatorOperations.updateWorkspace, updateWorkspaceLimit);
