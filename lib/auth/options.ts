import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { revokeSession } from "@/db/queries/users";
import { database } from "../database";
import { settings } from "../env";
import { signInInput } from "../users/schemas";
import { sessionDays, signIn, TooManyFailures } from "./sign-in";

/**
 * NextAuth's settings. The cookie's token carries the id of a row of `sessions`, which every request looks up: a
 * session can be ended, whatever its cookie says.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: settings().authSecret,
    session: { strategy: "jwt", maxAge: sessionDays * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        id: "credentials",
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const input = signInInput.safeParse(credentials);
          if (!input.success) return null;
          const userAgent: unknown = request.headers?.["user-agent"];
          try {
            return await signIn({
              ...input.data,
              userAgent: typeof userAgent === "string" ? userAgent : null,
            });
          } catch (error) {
            // NextAuth hands the message on as the error's code.
            if (error instanceof TooManyFailures) throw new Error("TooManyFailures");
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && "sessionId" in user && typeof user.sessionId === "string") token.sid = user.sessionId;
        return token;
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await revokeSession(database().db, token.sid);
      },
    },
  };
}
