import type { Metadata } from "next";
import { AuthCard } from "@/components/sign-in/auth-card";
import { LinkRefused } from "@/components/sign-in/link-refused";
import { NewPasswordForm } from "@/components/sign-in/new-password-form";
import { RequestPasswordReset } from "@/components/sign-in/request-password-reset";
import { linkRefusals, linkStateOf } from "@/lib/auth/account-links";
import { settings } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Set a new password", referrer: "no-referrer" };

/** Requests a link to set a new password; with the link's token, sets it. Opening either changes nothing. */
export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const token = [(await searchParams).token].flat()[0];
  if (token === undefined) {
    return (
      <AuthCard title="Set a new password">
        <RequestPasswordReset sendsEmails={settings().smtp !== null} />
      </AuthCard>
    );
  }
  const state = await linkStateOf("password_reset", token);
  return (
    <AuthCard title="Set a new password">
      {state === "valid" ? (
        <NewPasswordForm token={token} />
      ) : (
        <LinkRefused reason={linkRefusals[state]} href="/reset-password" label="Ask for a new link" />
      )}
    </AuthCard>
  );
}
