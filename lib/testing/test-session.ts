import { encode } from "next-auth/jwt";
import { database } from "@/db/connection/database";
import { insertSession } from "@/db/queries/sessions";
import { insertUser } from "@/db/queries/users";
import { insertMembership } from "@/db/queries/workspaces";
import { newId } from "../core/ids";
import type { Role } from "../core/roles";
import { settings } from "../platform/env";

/**
 * Makes a person with a role in a workspace, who is signed in.
 *
 * @returns the session's id, and the value of its `Cookie` header
 */
export async function makeSession(workspaceId: string, role: Role): Promise<{ id: string; cookie: string }> {
  const { db } = database();
  const userId = newId();
  const id = newId();
  await insertUser(db, { id: userId, email: `${userId}@example.com`, name: `The ${role}`, passwordHash: "" });
  await insertMembership(db, { workspaceId, userId, role });
  await insertSession(db, { id, userId, expiresAt: new Date(Date.now() + 60 * 60 * 1_000) });
  const token = await encode({ token: { sid: id }, secret: settings().authSecret });
  return { id, cookie: `next-auth.session-token=${token}` };
}
