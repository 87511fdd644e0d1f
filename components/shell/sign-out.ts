import { forgetDrafts } from "./drafts";

/** Ends the session, forgets what was entered and not saved, and leads to the sign-in page. */
export async function signOut(): Promise<void> {
  const auth = await import("next-auth/react");
  forgetDrafts();
  await auth.signOut({ callbackUrl: "/sign-in" });
}
