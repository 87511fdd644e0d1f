import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { removeMember } from "@/lib/members/remove-member";
import { updateMember } from "@/lib/members/update-member";

export const PATCH = route(operations.updateMember, updateMember);
export const DELETE = route(operations.removeMember, removeMember);
