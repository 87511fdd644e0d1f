import { database } from "@/db/connection/database";
import type { UserRow } from "@/db/queries/users";
import type { SignInMethod } from "../core/account";
import { beginSession } from "./begin-session";
import { makeTicket } from "./second-factor-ticket";
import type { Source } from "./source";

/** The result of the first factor: a session, or a ticket to present with the second factor. */
export type FirstFactor = { id: string; name: string; email: string } & (
  | { sessionId: string; ticket: null }
  | { sessionId: null; ticket: string }
);

/** After the first factor: begins a session, unless the account requires a second one. */
export async function passFirstFactor(
  user: UserRow,
  { method, source }: { method: SignInMethod; source: Source },
): Promise<FirstFactor> {
  const { id, name, email } = user;
  if (user.totpEnabledAt) return { id, name, email, sessionId: null, ticket: await makeTicket(user, method) };
  const sessionId = await database().db.transaction((tx) => beginSession(tx, { userId: id, method, source }));
  return { id, name, email, sessionId, ticket: null };
}
