import { createHash, randomBytes } from "node:crypto";
import type { Queryable } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import {
  type AccountLinkRow,
  endAccountLinks,
  findAccountLink,
  insertAccountLink,
  takeAccountLink,
} from "@/db/queries/account-links";
import { findSignUpLink, insertSignUpLink, takeSignUpLink } from "@/db/queries/sign-up-links";
import { type AccountLinkKind, accountLinkMinutes } from "../core/account";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";

/** What the link of a request allows. */
export type LinkState = "valid" | "expired" | "used" | "unknown";

/** Creates a link's token, and ends the user's earlier links of the same kind. */
export async function makeAccountLink(
  tx: Queryable,
  { userId, kind, email }: { userId: string; kind: AccountLinkKind; email: string },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await endAccountLinks(tx, { userId, kind });
  const minutes = accountLinkMinutes[kind];
  await insertAccountLink(tx, { id: newId(), userId, kind, email, tokenHash: hashToken(token), minutes });
  return token;
}

/** Looks a link up without changing anything: programs that scan emails open links, too. */
export async function lookUpLink(
  db: Queryable,
  { token, kind }: { token: string; kind: AccountLinkKind },
): Promise<{ state: "valid"; link: AccountLinkRow } | { state: Exclude<LinkState, "valid"> }> {
  const link = await findAccountLink(db, hashToken(token));
  if (!link || link.kind !== kind) return { state: "unknown" };
  if (link.isUsed) return { state: "used" };
  if (link.isExpired) return { state: "expired" };
  return { state: "valid", link };
}

/** What an opened link allows. Opening it changes nothing. */
export async function linkStateOf(kind: AccountLinkKind, token: string): Promise<LinkState> {
  return (await lookUpLink(database().db, { token, kind })).state;
}

/**
 * Uses a link.
 *
 * @throws AppError `conflict` if it cannot be used (any more), with the reason
 */
export async function redeemAccountLink(
  tx: Queryable,
  { token, kind }: { token: string; kind: AccountLinkKind },
): Promise<AccountLinkRow> {
  const found = await lookUpLink(tx, { token, kind });
  if (found.state !== "valid") throw refusedLink(found.state);
  if (!(await takeAccountLink(tx, found.link.id))) throw refusedLink("used");
  return found.link;
}

/** Creates the token of a link by which an address gets an account, and ends earlier ones sent there. */
export async function makeSignUpLink(tx: Queryable, email: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const minutes = accountLinkMinutes.sign_in;
  await insertSignUpLink(tx, { id: newId(), email, tokenHash: hashToken(token), minutes });
  return token;
}

/** What a link to sign in allows: `newEmail` is the address that gets an account by it. Opening it changes nothing. */
export async function signInLinkState(token: string): Promise<{ state: LinkState; newEmail: string | null }> {
  const link = await findSignUpLink(database().db, hashToken(token));
  if (!link) return { state: await linkStateOf("sign_in", token), newEmail: null };
  return { state: stateOf(link), newEmail: link.email };
}

/**
 * Uses a link by which an address gets an account.
 *
 * @returns the address; `null` if it is not such a link
 * @throws AppError `conflict` if it cannot be used (any more), with the reason
 */
export async function redeemSignUpLink(tx: Queryable, token: string): Promise<string | null> {
  const link = await findSignUpLink(tx, hashToken(token));
  if (!link) return null;
  const state = stateOf(link);
  if (state !== "valid") throw refusedLink(state);
  if (!(await takeSignUpLink(tx, link.id))) throw refusedLink("used");
  return link.email;
}

const stateOf = ({ isUsed, isExpired }: { isUsed: boolean; isExpired: boolean }) =>
  isUsed ? "used" : isExpired ? "expired" : "valid";

export const linkRefusals: Record<Exclude<LinkState, "valid">, string> = {
  expired: "This link has expired. Ask for a new one.",
  used: "This link was already used. Ask for a new one.",
  unknown: "This link is not valid. Check that you copied all of it, or ask for a new one.",
};

function refusedLink(state: Exclude<LinkState, "valid">): AppError {
  return new AppError("conflict", linkRefusals[state]);
}

/** 256 random bits need no slow hash. */
function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
