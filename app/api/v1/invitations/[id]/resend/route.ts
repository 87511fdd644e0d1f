import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { resendInvitation } from "@/lib/members/resend-invitation";

export const POST = route(operations.resendInvitation, resendInvitation);
