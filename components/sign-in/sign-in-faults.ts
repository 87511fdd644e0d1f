/** Why a provider did not let somebody in, by the code that it led back to the sign-in page with. */
export function describeSignInFault(code: string, provider: string, email: string | null): string {
  switch (code) {
    case "NoAccount":
      return `${email ?? "Your address"} has no account in Posthorn. Ask an owner of your workspace for an invitation.`;
    case "NoEmail":
      return `${provider} did not tell your email address. Allow it to, or sign in otherwise.`;
    case "NotVerified":
      return `${provider} has not verified ${email ?? "your address"}. Verify it there; or sign in otherwise, and link ${provider} under Account › Security.`;
    case "NotConfirmed":
      return `Your email address was not confirmed yet. Sign in otherwise once, and link ${provider} under Account › Security.`;
    case "OtherAccount":
      return `This account of ${provider} belongs to somebody else in Posthorn.`;
    default:
      return `Signing in with ${provider} failed. Try again in a moment, or sign in otherwise.`;
  }
}
