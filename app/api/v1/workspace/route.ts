import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getWorkspace } from "@/lib/workspaces/get-workspace";
import { updateWorkspace } from "@/lib/workspaces/update-workspace";

export const GET = route(operations.getWorkspace, getWorkspace);

export const PATCH = route(operations.updateWorkspace, updateWorkspace);
