/** The result of signing in: signed in, the second factor is required, or refused with a reason. */
export type SignInOutcome = { step: "in" } | { step: "code" } | { step: "refused"; message: string };

/** The data of each form that signs in. */
type Fields = {
  credentials: { email: string; password: string };
  /** The name is for the account that the link creates, if it creates one. */
  link: { token: string; name?: string };
  "second-factor": { code: string };
};

const wrong: Record<keyof Fields, string> = {
  credentials: "The email or the password is wrong.",
  link: "This link is not valid. Check that you copied all of it, or ask for a new one.",
  "second-factor": "The code is wrong or was already used. Check that your phone's clock is right.",
};

const messages: Record<string, string> = {
  TooManyAttempts: "Too many attempts. Wait ten seconds, then try again.",
  LinkRefused: "This link was already used or has expired. Ask for a new one.",
  TicketExpired: "That took too long. Sign in again.",
};

/** Begins a session. NextAuth's client loads at the click, not with the page. */
export async function beginSession<Form extends keyof Fields>(
  form: Form,
  fields: Fields[Form],
): Promise<SignInOutcome> {
  try {
    const { signIn } = await import("next-auth/react");
    // By default it is this page's URL, whose `error` from an earlier try would be taken for this one's.
    const result = await signIn(form, { redirect: false, callbackUrl: "/", ...fields });
    if (result?.ok && !result.error) return { step: "in" };
    if (result?.error === "SecondFactor") return { step: "code" };
    const failed = "Signing in failed. Try again in a moment.";
    const message = result?.error === "CredentialsSignin" ? wrong[form] : messages[result?.error ?? ""];
    return { step: "refused", message: message ?? failed };
  } catch {
    return { step: "refused", message: "The server did not answer. Check your connection and try again." };
  }
}
