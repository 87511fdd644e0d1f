import { invitationOperations } from "@/lib/contract/operations/members";
import { invitationApi } from "@/lib/http/invitation-api";
import { acceptInvitation } from "@/lib/members/accept-invitation";

export const POST = invitationApi.route(invitationOperations.acceptInvitation, acceptInvitation);
