import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { createInvitation } from "@/lib/members/create-invitation";
import { listInvitations } from "@/lib/members/list-invitations";

export const GET = route(operations.listInvitations, listInvitations);
export const POST = route(operations.createInvitation, createInvitation);
