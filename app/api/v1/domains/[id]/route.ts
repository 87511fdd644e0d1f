import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { deleteEmailDomain } from "@/lib/members/delete-email-domain";
import { updateEmailDomain } from "@/lib/members/update-email-domain";

export const PATCH = route(operations.updateEmailDomain, updateEmailDomain);
export const DELETE = route(operations.deleteEmailDomain, deleteEmailDomain);
