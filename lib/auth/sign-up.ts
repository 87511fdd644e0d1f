import type { Queryable, Transaction } from "@/db/connection/client";
import { isVerifiedDomain } from "@/db/queries/email-domains";
import { findUser, findUserByEmail, insertUser, lockAddress, type UserRow } from "@/db/queries/users";
import type { SignInMethod } from "../core/account";
import { domainOf } from "../core/email-domains";
import { newId } from "../core/ids";
import { text } from "../core/text";
import { writeAudit } from "../verbs/write-audit";
import { recordActivity } from "./record-activity";
import type { Source } from "./source";

/** Whether a person with an address may create an account for it on their own: a workspace has verified its domain. */
export async function maySignUp(db: Queryable, email: string): Promise<boolean> {
  const domain = domainOf(email);
  return domain !== null && isVerifiedDomain(db, domain);
}

/**
 * Creates the account of a person who proved that an address is theirs, if `maySignUp`. It belongs to no workspace
 * yet: they decide which to join.
 *
 * @returns the account; the one that the address already has, if it was created meanwhile; `null` if they may not
 */
export async function signUp(
  tx: Transaction,
  {
    email,
    name,
    method,
    source,
  }: { email: string; name: string | undefined; method: SignInMethod; source: Source },
): Promise<UserRow | null> {
  await lockAddress(tx, email);
  const present = await findUserByEmail(tx, email);
  if (present) return present;
  if (!(await maySignUp(tx, email))) return null;
  const person = { id: newId(), name: nameFrom(name, email) };
  const { id } = person;
  await insertUser(tx, {
    ...person,
    email: email.toLowerCase(),
    emailVerifiedAt: new Date(),
    passwordHash: "",
  });
  const origin = { address: source.network, userAgent: source.userAgent, requestId: null };
  await writeAudit(tx, { workspaceId: null, actor: { type: "user", ...person }, origin }, "user.create", {
    targetId: id,
    targetName: person.name,
    details: { isOperator: false },
  });
  await recordActivity(tx, { userId: id, action: "account.create", source, details: { method } });
  return findUser(tx, id);
}

const accountName = text({ trim: true, min: 1, max: 100 });

/** The given name, if there is one; otherwise the part before the `@`. */
function nameFrom(name: string | undefined, email: string): string {
  const parsed = accountName.safeParse(name?.slice(0, 100));
  return parsed.success ? parsed.data : email.slice(0, email.lastIndexOf("@"));
}
