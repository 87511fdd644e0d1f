import type { Metadata } from "next";
import Link from "next/link";
import { AcceptInvitation } from "@/components/sign-in/accept-invitation";
import { AuthCard } from "@/components/sign-in/auth-card";
import { buttonVariants } from "@/components/ui/button";
import { currentUser } from "@/lib/auth/current-user";
import { findInvitation, invitationRefusals } from "@/lib/members/find-invitation";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** The page of an invitation's link. Opening it changes nothing. */
export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, user] = await Promise.all([findInvitation(token), currentUser()]);
  if (invitation.state !== "open") {
    return (
      <AuthCard title="Invitation" description={invitationRefusals[invitation.state]}>
        <Link href="/" className={buttonVariants({ variant: "outline", className: "w-full" })}>
          Open Posthorn
        </Link>
      </AuthCard>
    );
  }
  const { email, role, workspace, invitedBy, hasAccount } = invitation;
  return (
    <AuthCard
      title={`Join ${workspace}`}
      description={`${invitedBy ?? "An owner"} invited ${email} to the workspace ${workspace}, as ${role}.`}
    >
      <AcceptInvitation
        token={token}
        email={email}
        hasAccount={hasAccount}
        signedInAs={user?.email ?? null}
      />
    </AuthCard>
  );
}
