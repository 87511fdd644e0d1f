import type { SignInProvider } from "@/lib/core/account";

/** Opens a provider's sign-in page, which leads back to `path`; or returns why not. */
export async function leaveForProvider(id: SignInProvider, path: string): Promise<string> {
  try {
    const { signIn } = await import("next-auth/react");
    await signIn(id, { callbackUrl: path });
    return "";
  } catch {
    return "The server did not answer. Check your connection and try again.";
  }
}
