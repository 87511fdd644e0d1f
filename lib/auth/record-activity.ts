import type { Queryable } from "@/db/connection/client";
import { insertUserActivity } from "@/db/queries/user-activity";
import type { AccountAction } from "../core/account";
import { newId } from "../core/ids";
import type { Source } from "./source";

/**
 * Records what happened to a person's account, in the transaction of the change.
 *
 * @param activity.details never a secret
 */
export async function recordActivity(
  tx: Queryable,
  activity: {
    userId: string;
    action: AccountAction;
    source: Source | null;
    details?: Record<string, unknown>;
  },
): Promise<void> {
  const { userId, action, source, details = {} } = activity;
  await insertUserActivity(tx, {
    id: newId(),
    userId,
    action,
    details,
    network: source?.network ?? null,
    userAgent: source?.userAgent?.slice(0, 300) ?? null,
  });
}
