const messages: Record<string, string> = {
  CredentialsSignin: "The email or the password is wrong.",
  TooManyAttempts: "Too many attempts. Wait ten seconds, then try again.",
};

/**
 * Begins a session. Returns an error message, or `null` when the person is signed in.
 * NextAuth's client loads at the click, not with the page.
 */
export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  try {
    const { signIn } = await import("next-auth/react");
    const result = await signIn("credentials", { redirect: false, email, password });
    if (result?.ok && !result.error) return null;
    return messages[result?.error ?? ""] ?? "Signing in failed. Try again in a moment.";
  } catch {
    return "The server did not answer. Check your connection and try again.";
  }
}
