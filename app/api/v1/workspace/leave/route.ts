import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { leaveWorkspace } from "@/lib/members/leave-workspace";

export const POST = route(operations.leaveWorkspace, leaveWorkspace);
