import { database } from "@/db/connection/database";
import { findInvitationByToken } from "@/db/queries/invitations";
import { findUserByEmail } from "@/db/queries/users";
import type { Role } from "../core/roles";
import { hashInvitationToken } from "./invitation-link";

export type InvitationState =
  | { state: "unknown" | "used" | "revoked" | "expired" }
  | {
      state: "open";
      email: string;
      role: Role;
      invitedBy: string | null;
      workspace: string;
      /** Whether the address has an account, which must sign in to accept. */
      hasAccount: boolean;
    };

/** What a link leads to. Looking it up changes nothing, because mail scanners open links. */
export async function findInvitation(token: string): Promise<InvitationState> {
  const { db } = database();
  const found = await findInvitationByToken(db, hashInvitationToken(token));
  if (!found) return { state: "unknown" };
  if (found.acceptedAt) return { state: "used" };
  if (found.revokedAt) return { state: "revoked" };
  if (found.expired) return { state: "expired" };
  const { email, role, invitedBy, workspace } = found;
  const hasAccount = (await findUserByEmail(db, email)) !== null;
  return { state: "open", email, role, invitedBy, workspace: workspace.name, hasAccount };
}

/** Why a link cannot be used, and what to do about it. */
export const invitationRefusals: Record<Exclude<InvitationState["state"], "open">, string> = {
  unknown: "This invitation doesn't exist, or was replaced by a newer link. Ask for a new one.",
  used: "This invitation was already used. Sign in to open the workspace.",
  revoked: "This invitation was revoked. Ask the person who sent it for a new one.",
  expired: "This invitation has expired. Ask the person who sent it for a new one.",
};
