import type { Metadata } from "next";
import { AuthCard } from "@/components/sign-in/auth-card";
import { ConfirmEmail } from "@/components/sign-in/confirm-email";
import { LinkRefused } from "@/components/sign-in/link-refused";
import { linkRefusals, linkStateOf } from "@/lib/auth/account-links";

export const metadata: Metadata = { title: "Confirm your email address", referrer: "no-referrer" };

/** The page of a link to confirm an address. Opening it changes nothing. */
export default async function VerifyEmailPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const token = [(await searchParams).token].flat()[0] ?? "";
  const state = await linkStateOf("email", token);
  return (
    <AuthCard title="Confirm your email address">
      {state === "valid" ? (
        <ConfirmEmail token={token} />
      ) : (
        <LinkRefused reason={linkRefusals[state]} href="/account" label="Open your account" />
      )}
    </AuthCard>
  );
}
