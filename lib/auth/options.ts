import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { database } from "@/db/connection/database";
import { revokeSession } from "@/db/queries/sessions";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { sessionDays } from "./begin-session";
import { oauthProviders } from "./providers";
import { recordActivity } from "./record-activity";
import type { Source } from "./source";

/** Forms that are checked here: a password, an emailed link, a code of the second factor. */
export const forms = ["credentials", "link", "second-factor"] as const;
export type Form = (typeof forms)[number];

type Fields = Record<string, string> | undefined;
type SignedIn = { id: string; name: string; email: string; sessionId: string };

/**
 * NextAuth's settings. The cookie's token contains the id of a row of `sessions`, which every request looks up, so a
 * session can be ended whatever its cookie says.
 *
 * @param request.authorize checks a form's input
 * @param request.admit decides on a person whom a provider authenticated: the id of the new session, or where to
 *   redirect instead
 * @param request.source where the request comes from
 */
export function authOptions({
  authorize,
  admit,
  source,
}: {
  authorize: (form: Form, fields: Fields) => Promise<SignedIn | null>;
  admit: (provider: string, profile: unknown) => Promise<{ sessionId: string } | { location: string }>;
  source: Source;
}): NextAuthOptions {
  let admitted: string | null = null;
  return {
    secret: settings().authSecret,
    session: { strategy: "jwt", maxAge: sessionDays * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: {
      error: (code, metadata) => log().warn({ code, reason: reasonOf(metadata) }, "signing in failed"),
      warn: () => undefined,
      debug: () => undefined,
    },
    providers: [
      ...forms.map((form) =>
        CredentialsProvider({
          id: form,
          name: form,
          credentials: { email: {}, password: {}, token: {}, name: {}, code: {} },
          authorize: (fields) => authorize(form, fields),
        }),
      ),
      ...oauthProviders(),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type !== "oauth") return true;
        const outcome = await admit(account.provider, profile);
        if ("location" in outcome) return outcome.location;
        admitted = outcome.sessionId;
        return true;
      },
      jwt({ token, user, account }) {
        if (account?.type === "oauth") {
          // The provider's data about a person stays out of the cookie.
          return admitted ? { sid: admitted } : {};
        }
        if (user && "sessionId" in user && typeof user.sessionId === "string") token.sid = user.sessionId;
        return token;
      },
      /** Only to our own pages after a provider: anyone could have set the cookie with the address. */
      redirect: ({ url, baseUrl }) =>
        URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === baseUrl
          ? new URL(url, baseUrl).href
          : baseUrl,
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid !== "string") return;
        const { db } = database();
        const userId = await revokeSession(db, token.sid);
        if (userId) await recordActivity(db, { userId, action: "session.end", source });
      },
    },
  };
}

/** Only an error's text, truncated: its other data may contain tokens. */
function reasonOf(metadata: unknown): string {
  const error =
    metadata instanceof Error
      ? metadata
      : typeof metadata === "object" && metadata !== null && "error" in metadata
        ? metadata.error
        : null;
  return error instanceof Error ? error.message.slice(0, 200) : "";
}
