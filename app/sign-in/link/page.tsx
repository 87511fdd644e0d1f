import type { Metadata } from "next";
import { AuthCard } from "@/components/sign-in/auth-card";
import { LinkRefused } from "@/components/sign-in/link-refused";
import { LinkSignIn } from "@/components/sign-in/link-sign-in";
import { LinkSignUp } from "@/components/sign-in/link-sign-up";
import { linkRefusals, signInLinkState } from "@/lib/auth/account-links";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

/** The page of a link to sign in. Opening it changes nothing, because programs that scan emails open it, too. */
export default async function SignInLinkPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  const { state, newEmail } = await signInLinkState(token);
  const makesAccount = state === "valid" && newEmail !== null;
  return (
    <AuthCard title={makesAccount ? "Create your account" : "Sign in"}>
      {makesAccount ? (
        <LinkSignUp token={token} email={newEmail} />
      ) : state === "valid" ? (
        <LinkSignIn token={token} />
      ) : (
        <LinkRefused reason={linkRefusals[state]} href="/sign-in" label="Go to the sign-in page" />
      )}
    </AuthCard>
  );
}
