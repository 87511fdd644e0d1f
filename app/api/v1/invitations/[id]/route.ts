import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { revokeInvitation } from "@/lib/members/revoke-invitation";

export const DELETE = route(operations.revokeInvitation, revokeInvitation);
