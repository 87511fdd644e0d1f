import type { Database } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import { isOperator } from "@/db/queries/instance-people";
import type { SessionUser } from "../auth/session-user";
import { AppError } from "../core/errors";
import type { Origin } from "../verbs/context";
import type { AuditSource } from "../verbs/write-audit";

/** The caller of an operation outside of workspaces: any signed-in user. */
export type PersonContext = { db: Database; user: SessionUser; origin?: Origin };

/** The user as the actor in a workspace or on the instance (`null`), for the audit log. */
export const auditSourceOf = ({ user, origin }: PersonContext, workspaceId: string | null): AuditSource => ({
  workspaceId,
  actor: { type: "user", id: user.id, name: user.name },
  origin,
});

/** Throws `forbidden` unless the user operates the instance. */
export async function requireOperator({ db, user }: PersonContext): Promise<void> {
  if (await isOperator(db, user.id)) return;
  throw new AppError(
    "forbidden",
    "Only operators of this instance can see and change it. Ask one of them for access.",
  );
}

/** Whether a user operates the instance. */
export const operates = (userId: string): Promise<boolean> => isOperator(database().db, userId);

/** The context of a page's verbs for the signed-in user. */
export const contextOf = (user: SessionUser): PersonContext => ({ db: database().db, user });
