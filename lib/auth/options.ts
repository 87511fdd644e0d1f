import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { database } from "@/db/connection/database";
import { revokeSession } from "@/db/queries/users";
import { settings } from "../platform/env";
import { sessionDays, type signIn } from "./sign-in";

/**
 * NextAuth's settings. The cookie's token carries the id of a row of `sessions`, which every request looks up: a
 * session can be ended, whatever its cookie says.
 *
 * @param authorize checks what the sign-in form holds
 */
export function authOptions(
  authorize: (form: Record<string, string> | undefined) => ReturnType<typeof signIn>,
): NextAuthOptions {
  return {
    secret: settings().authSecret,
    session: { strategy: "jwt", maxAge: sessionDays * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "credentials",
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize,
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && "sessionId" in user && typeof user.sessionId === "string") token.sid = user.sessionId;
        return token;
      },
      // NextAuth is never asked to redirect: the dashboard navigates by itself.
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await revokeSession(database().db, token.sid);
      },
    },
  };
}
