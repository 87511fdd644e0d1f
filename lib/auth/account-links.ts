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
import { type AccountLinkKind, accountLinkMinutes } from "../core/account";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";

/** What a link that somebody brings is good for. */
export type LinkState = "valid" | "expired" | "used" | "unknown";

/** Makes a link's token; those of the same kind that the user got before end. */
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

/** Looks a link up, and changes nothing: programs that scan emails open links, too. */
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

/** What a link that somebody opened is good for. Opening it changes nothing. */
export async function linkStateOf(kind: AccountLinkKind, token: string): Promise<LinkState> {
  return (await lookUpLink(database().db, { token, kind })).state;
}

/**
 * Uses a link up.
 *
 * @throws AppError `conflict` if it cannot be used (any more), with why
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

export const linkRefusals: Record<Exclude<LinkState, "valid">, string> = {
  expired: "This link has expired. Ask for a new one.",
  used: "This link was used already. Ask for a new one.",
  unknown: "This link is not valid. Check that it was copied whole, or ask for a new one.",
};

function refusedLink(state: Exclude<LinkState, "valid">): AppError {
  return new AppError("conflict", linkRefusals[state]);
}

/** 256 random bits need no slow hash. */
function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
