import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { listMembers } from "@/lib/members/list-members";

export const GET = route(operations.listMembers, listMembers);
