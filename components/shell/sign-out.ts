import { forgetDrafts } from "./drafts";

/** Ends the session, removes unsaved drafts, and opens the sign-in page. */
export async function signOut(): Promise<void> {
  const auth = await import("next-auth/react");
  forgetDrafts();
  await auth.signOut({ callbackUrl: "/sign-in" });
}
