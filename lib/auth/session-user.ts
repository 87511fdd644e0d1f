import { decode } from "next-auth/jwt";
import { database } from "@/db/connection/database";
import { findSessionUser } from "@/db/queries/sessions";
import type { Clock, Theme } from "../core/account";
import { settings } from "../platform/env";

export type SessionUser = {
  id: string;
  name: string;
  email: string;
  /** An IANA name; `null`: the browser's. */
  timeZone: string | null;
  clock: Clock;
  theme: Theme;
  sessionId: string;
};

const cookieNames = ["__Secure-next-auth.session-token", "next-auth.session-token"];
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The user that a request's cookies identify: the token must be ours, and its session neither revoked nor expired.
 *
 * @param cookie reads a cookie by name
 */
export async function sessionUser(cookie: (name: string) => string | undefined): Promise<SessionUser | null> {
  const token = cookieNames.map(cookie).find((value) => value !== undefined);
  if (!token) return null;
  const claims = await decode({ token, secret: settings().authSecret }).catch(() => null);
  if (typeof claims?.sid !== "string" || !uuidPattern.test(claims.sid)) return null;
  return findSessionUser(database().db, claims.sid);
}
