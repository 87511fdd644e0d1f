/** Why signing in with a provider failed, by the error code in the sign-in page's address. */
export function describeSignInFault(code: string, provider: string, email: string | null): string {
  switch (code) {
    case "NoAccount":
      return `${email ?? "Your address"} has no account in Posthorn. Ask an owner of your workspace for an invitation.`;
    case "NoEmail":
      return `${provider} did not share your email address. Allow it to, or sign in another way.`;
    case "NotVerified":
      return `${provider} has not verified ${email ?? "your address"}. Verify it there, or sign in another way and link ${provider} under Account › Security.`;
    case "NotConfirmed":
      return `Your email address is not confirmed yet. Sign in another way once, and link ${provider} under Account › Security.`;
    case "OtherAccount":
      return `This ${provider} account is linked to another account in Posthorn.`;
    default:
      return `Signing in with ${provider} failed. Try again in a moment, or sign in another way.`;
  }
}
