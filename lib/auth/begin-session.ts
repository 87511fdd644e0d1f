import type { Queryable } from "@/db/connection/client";
import { insertSession } from "@/db/queries/sessions";
import type { SignInMethod } from "../core/account";
import { newId } from "../core/ids";
import { recordActivity } from "./record-activity";
import type { Source } from "./source";

export const sessionDays = 30;

/** Begins the session of an authenticated user, and records it. Returns its id. */
export async function beginSession(
  tx: Queryable,
  { userId, method, source }: { userId: string; method: SignInMethod; source: Source },
): Promise<string> {
  const id = newId();
  await insertSession(tx, {
    id,
    userId,
    userAgent: source.userAgent?.slice(0, 300) ?? null,
    network: source.network,
    method,
    lastSeenAt: new Date(),
    expiresAt: new Date(Date.now() + sessionDays * 24 * 60 * 60 * 1_000),
  });
  await recordActivity(tx, { userId, action: "session.begin", source, details: { method } });
  return id;
}
