import { createHash } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { database } from "@/db/connection/database";
import { findUser, type UserRow } from "@/db/queries/users";
import { type SignInMethod, signInMethods } from "../core/account";
import { settings } from "../platform/env";

export const ticketMinutes = 10;
/** Separate keys, so that no ticket can be used as a session's token. */
const salt = "second factor";

const claimsSchema = z.object({ uid: z.uuid(), method: z.enum(signInMethods), basis: z.string() });

/** What the browser keeps between the first and the second factor; encrypted. */
export function makeTicket(user: UserRow, method: SignInMethod): Promise<string> {
  return encode({
    token: { uid: user.id, method, basis: basisOf(user) },
    secret: settings().authSecret,
    salt,
    maxAge: ticketMinutes * 60,
  });
}

/** The ticket's user; `null` if it is invalid or expired, or the account was disabled or changed its factors since. */
export async function readTicket(
  ticket: string | undefined,
): Promise<{ user: UserRow; method: SignInMethod } | null> {
  if (!ticket) return null;
  const payload = await decode({ token: ticket, secret: settings().authSecret, salt }).catch(() => null);
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return null;
  const user = await findUser(database().db, claims.data.uid);
  if (!user?.totpEnabledAt || user.disabledAt || basisOf(user) !== claims.data.basis) return null;
  return { user, method: claims.data.method };
}

function basisOf({ passwordHash, totpSecret }: UserRow): string {
  return createHash("sha256")
    .update(JSON.stringify([passwordHash, totpSecret]))
    .digest("base64url");
}
