import type { Metadata } from "next";
import { AuthCard } from "@/components/sign-in/auth-card";
import { LinkRefused } from "@/components/sign-in/link-refused";
import { VerifyDomain } from "@/components/sign-in/verify-domain";
import { findVerification, verificationRefusals } from "@/lib/members/find-verification";

export const metadata: Metadata = { title: "Verify a domain", referrer: "no-referrer" };

/** The page of a link to verify an email domain. Opening it changes nothing. */
export default async function VerifyDomainPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  const found = await findVerification(token);
  if (found.state !== "open") {
    return (
      <AuthCard title="Verify a domain">
        <LinkRefused reason={verificationRefusals[found.state]} href="/" label="Open Posthorn" />
      </AuthCard>
    );
  }
  const { domain, workspace, role, addedBy } = found;
  return (
    <AuthCard
      title={`Verify ${domain}`}
      description={`${addedBy ?? "An owner"} asked for this, for the workspace ${workspace}.`}
    >
      <VerifyDomain token={token} domain={domain} workspace={workspace} role={role} />
    </AuthCard>
  );
}
