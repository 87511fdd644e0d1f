import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { getContents } from "@/lib/workspaces/get-contents";

export const GET = route(operations.getWorkspaceContents, getContents);
