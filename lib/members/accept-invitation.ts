import type { Transaction } from "@/db/connection/client";
import { acceptInvitation as acceptRow, findInvitationByToken } from "@/db/queries/invitations";
import { forgetRemoved, isMemberAddress } from "@/db/queries/members";
import { findUserByEmail, insertUser, lockAddress } from "@/db/queries/users";
import { insertMembership } from "@/db/queries/workspaces";
import { hashPassword } from "../auth/password";
import { requireGoodPassword } from "../auth/require-good-password";
import { type AcceptedInvitationOutput, acceptInvitationInput } from "../contract/members";
import { AppError, notFound, validationFailed } from "../core/errors";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import type { Origin } from "../verbs/context";
import { writeAudit } from "../verbs/write-audit";
import { findInvitation, invitationRefusals } from "./find-invitation";
import { hashInvitationToken } from "./invitation-link";
import type { VisitorContext } from "./visitor-context";

/**
 * Uses an invitation. A person signed in with the invited address joins the workspace; a person without an account
 * creates one for that address, with a name and a password. No one joins with another address, so a link is useless
 * to anyone else.
 *
 * @throws AppError `conflict` for a link that was used, revoked or has expired, or if the address has an account and
 *   no user is signed in; `forbidden` if the user is signed in with another address; `validation_failed`
 */
export async function acceptInvitation({
  ctx,
  input,
}: {
  ctx: VisitorContext;
  input: Input<typeof acceptInvitationInput>;
}): Promise<AcceptedInvitationOutput> {
  const { token, name, password } = parseInput(acceptInvitationInput, input);
  const { db, user } = ctx;
  const seen = await findInvitation(token);
  if (seen.state === "unknown") throw new AppError("not_found", invitationRefusals.unknown);
  if (seen.state !== "open") throw new AppError("conflict", invitationRefusals[seen.state]);
  const { email } = seen;
  if (user && user.email.toLowerCase() !== email) {
    throw new AppError(
      "forbidden",
      `This invitation is for ${email}, and you are signed in as ${user.email}. Sign in as ${email}, or ask for an invitation to ${user.email}.`,
    );
  }
  if (!user && seen.hasAccount) {
    throw new AppError("conflict", `${email} already has an account. Sign in to accept the invitation.`);
  }
  const account = user ? null : await newAccount({ email, name, password });
  return db.transaction(async (tx) => {
    const found = await findInvitationByToken(tx, hashInvitationToken(token));
    if (!found || !(await acceptRow(tx, found.id))) throw new AppError("conflict", invitationRefusals.used);
    if (account) await lockAddress(tx, email);
    if (account && (await findUserByEmail(tx, email))) {
      throw new AppError("conflict", `${email} already has an account. Sign in to accept the invitation.`);
    }
    if (account) await makeAccount(tx, account, ctx.origin);
    const person = account ?? user;
    if (!person) throw notFound("user");
    await join(tx, { person, found, email, origin: ctx.origin });
    return { workspace: found.workspace.slug, email };
  });
}

async function join(
  tx: Transaction,
  {
    person,
    found,
    email,
    origin,
  }: {
    person: { id: string; name: string };
    email: string;
    found: NonNullable<Awaited<ReturnType<typeof findInvitationByToken>>>;
    origin: Origin | undefined;
  },
): Promise<void> {
  const workspaceId = found.workspace.id;
  // The person may have joined in another way meanwhile; they keep that role.
  if (!(await isMemberAddress(tx, { workspaceId, email }))) {
    await insertMembership(tx, { workspaceId, userId: person.id, role: found.role });
    await forgetRemoved(tx, { workspaceId, userId: person.id });
  }
  const actor = { type: "user", id: person.id, name: person.name } as const;
  await writeAudit(tx, { workspaceId, actor, origin }, "invitation.accept", {
    targetId: found.id,
    targetName: email,
    details: { role: found.role },
  });
}

async function makeAccount(
  tx: Transaction,
  account: Awaited<ReturnType<typeof newAccount>>,
  origin: Origin | undefined,
): Promise<void> {
  const { id, name } = account;
  await insertUser(tx, account);
  await writeAudit(tx, { workspaceId: null, actor: { type: "user", id, name }, origin }, "user.create", {
    targetId: id,
    targetName: name,
    details: { isOperator: false },
  });
}

async function newAccount({
  email,
  name,
  password,
}: {
  email: string;
  name: string | undefined;
  password: string | undefined;
}) {
  const missing = [
    ...(name === undefined ? ["name"] : []),
    ...(password === undefined ? ["password"] : []),
  ].map((path) => ({ path, message: "is missing" }));
  if (name === undefined || password === undefined) throw validationFailed(missing);
  await requireGoodPassword(password, "password", { email });
  return { id: newId(), email, name, passwordHash: await hashPassword(password) };
}
