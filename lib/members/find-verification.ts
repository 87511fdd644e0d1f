import { database } from "@/db/connection/database";
import { findEmailDomainByToken } from "@/db/queries/email-domains";
import type { JoiningRole } from "../core/email-domains";
import { hashVerification } from "./verification-link";

export type VerificationState =
  | { state: "unknown" | "verified" | "expired" }
  | { state: "open"; domain: string; role: JoiningRole; addedBy: string | null; workspace: string };

/** What a link to verify an email domain leads to. Looking it up changes nothing, because mail scanners open links. */
export async function findVerification(token: string): Promise<VerificationState> {
  const found = await findEmailDomainByToken(database().db, hashVerification(token));
  if (!found) return { state: "unknown" };
  if (found.verifiedAt) return { state: "verified" };
  if (found.expired) return { state: "expired" };
  const { domain, role, addedBy, workspace } = found;
  return { state: "open", domain, role, addedBy, workspace: workspace.name };
}

/** Why a link cannot be used, and what to do about it. */
export const verificationRefusals: Record<Exclude<VerificationState["state"], "open">, string> = {
  unknown:
    "This link doesn't exist, was replaced by a newer one, or its domain was removed from the workspace.",
  verified: "This domain is already verified. There is nothing left to do.",
  expired: "This link has expired. Ask the person who added the domain to send it again.",
};
