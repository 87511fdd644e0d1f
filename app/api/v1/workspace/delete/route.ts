import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";

export const POST = route(operations.deleteWorkspace, deleteWorkspace);
