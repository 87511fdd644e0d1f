import { findSessions, revokeSession, revokeSessionsOf, type SessionRow } from "@/db/queries/sessions";
import { recordActivity } from "../auth/record-activity";
import type { SessionOutput } from "../contract/account";
import { signInMethods } from "../core/account";
import { notFound } from "../core/errors";
import { fromPublicId, toPublicId } from "../core/ids";
import type { PersonContext } from "./context";
import { describeDevice } from "./describe-device";

/** A user's sessions: the present one first, then the most recently used. */
export async function listSessions({ ctx }: { ctx: PersonContext }): Promise<{ data: SessionOutput[] }> {
  const rows = await findSessions(ctx.db, ctx.user.id);
  const isCurrent = ({ id }: SessionRow) => id === ctx.user.sessionId;
  const sorted = [...rows.filter(isCurrent), ...rows.filter((row) => !isCurrent(row))];
  return {
    data: sorted.map((row) => ({
      id: toPublicId("session", row.id),
      current: isCurrent(row),
      device: describeDevice(row.userAgent),
      network: row.network,
      method: signInMethods.find((one) => one === row.method) ?? null,
      lastSeenAt: (row.lastSeenAt ?? row.createdAt).toISOString(),
      createdAt: row.createdAt.toISOString(),
    })),
  };
}

/** Ends a session: its browser is asked to sign in at its next request. */
export async function endSession({ ctx, id }: { ctx: PersonContext; id: string }): Promise<void> {
  const uuid = fromPublicId("session", id);
  const { db, user, source } = ctx;
  await db.transaction(async (tx) => {
    if (!uuid || !(await revokeSession(tx, uuid, { userId: user.id }))) throw notFound("session");
    await recordActivity(tx, { userId: user.id, action: "session.end", source });
  });
}

/** Ends all sessions except the one of the request. Returns how many there were. */
export async function endOtherSessions({ ctx }: { ctx: PersonContext }): Promise<{ ended: number }> {
  const { db, user, source } = ctx;
  const ended = await db.transaction(async (tx) => {
    const count = await revokeSessionsOf(tx, { userId: user.id, except: user.sessionId });
    if (count > 0) {
      await recordActivity(tx, {
        userId: user.id,
        action: "session.end",
        source,
        details: { sessionsEnded: count },
      });
    }
    return count;
  });
  return { ended };
}
