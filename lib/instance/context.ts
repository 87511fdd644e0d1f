import type { Database } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import { isOperator } from "@/db/queries/instance-people";
import type { SessionUser } from "../auth/session-user";
import { AppError } from "../core/errors";
import type { Origin } from "../verbs/context";
import type { AuditSource } from "../verbs/write-audit";

/** Who asks for what belongs to no workspace: anybody who is signed in. */
export type PersonContext = { db: Database; user: SessionUser; origin?: Origin };

/** The person as who does something in a workspace, or to the instance (`null`), for its audit log. */
export const auditSourceOf = ({ user, origin }: PersonContext, workspaceId: string | null): AuditSource => ({
  workspaceId,
  actor: { type: "user", id: user.id, name: user.name },
  origin,
});

/** Throws `forbidden` unless the person operates the instance. */
export async function requireOperator({ db, user }: PersonContext): Promise<void> {
  if (await isOperator(db, user.id)) return;
  throw new AppError(
    "forbidden",
    "Only operators of this instance can see and change it. Ask one of them for access.",
  );
}

/** Whether somebody operates the instance. */
export const operates = (userId: string): Promise<boolean> => isOperator(database().db, userId);

/** The context of a page's verbs for whoever is signed in. */
export const contextOf = (user: SessionUser): PersonContext => ({ db: database().db, user });
