import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { accountEmails, emails, endpointTransitions, memberships, users } from "../schema";

/** Addresses of a workspace's owners. */
export async function findOwnerAddresses(db: Queryable, workspaceId: string): Promise<string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, "owner")))
    .orderBy(users.email);
  return rows.map((row) => row.email);
}

/** Stores emails. An email that the recipient already has for the same transition stays unchanged. */
export async function insertEmails(db: Queryable, rows: (typeof emails.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await db.insert(emails).values(rows).onConflictDoNothing();
}

/** Whether anyone was sent an email about a transition. */
export async function isEmailWritten(db: Queryable, transitionId: string): Promise<boolean> {
  const found = await db
    .select({ id: emails.id })
    .from(emails)
    .where(eq(emails.transitionId, transitionId))
    .limit(1);
  return found.length > 0;
}

/** Whether an email is to be written, or to be sent now. */
export const emailIsDue = sql`(exists (select from ${endpointTransitions} where not notified)
  or exists (select from ${emails} where status = 'queued' and next_try_at <= now())
  or exists (select from ${accountEmails} where status = 'queued' and next_try_at <= now()))`;

/** The same, asked by itself. */
export async function isEmailDue(db: Queryable): Promise<boolean> {
  const [row] = await db.execute<{ due: boolean }>(sql`select ${emailIsDue} as due`);
  return row?.due ?? false;
}

/**
 * Takes the email that has been due longest, for a try identified by its number. No one else takes it until the lease
 * ends.
 */
export async function claimEmail(db: Queryable, leaseSeconds: number) {
  const due = db
    .select({ id: emails.id })
    .from(emails)
    .where(and(eq(emails.status, "queued"), sql`${emails.nextTryAt} <= now()`))
    .orderBy(emails.nextTryAt)
    .limit(1)
    .for("update", { skipLocked: true });
  const [claimed] = await db
    .update(emails)
    .set({
      attempts: sql`${emails.attempts} + 1`,
      nextTryAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(sql`${emails.id} = (${due})`)
    .returning();
  return claimed ?? null;
}
export type EmailRow = NonNullable<Awaited<ReturnType<typeof claimEmail>>>;

/** The result of a try. If `retryInSeconds` is null, the email is given up. */
export type TryOutcome = { sent: true } | { sent: false; error: string; retryInSeconds: number | null };

/**
 * Records the result of a try.
 *
 * @returns whether it was the email's latest try; the result of an earlier one, whose lease has ended, is not
 *   recorded
 */
export async function recordTry(
  db: Queryable,
  { id, attempts }: Pick<EmailRow, "id" | "attempts">,
  outcome: TryOutcome,
): Promise<boolean> {
  const failed = (error: string, retryInSeconds: number | null) => ({
    lastError: error,
    ...(retryInSeconds === null
      ? { status: "failed" as const }
      : { nextTryAt: sql`now() + make_interval(secs => ${retryInSeconds})` }),
  });
  const rows = await db
    .update(emails)
    .set(
      outcome.sent
        ? { status: "sent", sentAt: sql`now()`, lastError: null }
        : failed(outcome.error, outcome.retryInSeconds),
    )
    .where(and(eq(emails.id, id), eq(emails.attempts, attempts), eq(emails.status, "queued")))
    .returning({ id: emails.id });
  return rows.length > 0;
}

/** For a process that sends no emails: queued ones are kept and only shown. */
export async function keepQueuedEmails(db: Queryable): Promise<void> {
  await db.update(emails).set({ status: "kept" }).where(eq(emails.status, "queued"));
}

/** A workspace's emails, newest first, from below the cursor. */
export async function findEmails(
  db: Queryable,
  params: { workspaceId: string; limit: number; before: string | null },
): Promise<EmailRow[]> {
  return db
    .select()
    .from(emails)
    .where(
      and(
        eq(emails.workspaceId, params.workspaceId),
        params.before ? lt(emails.id, params.before) : undefined,
      ),
    )
    .orderBy(desc(emails.id))
    .limit(params.limit);
}

export async function findEmail(
  db: Queryable,
  params: { workspaceId: string; id: string },
): Promise<EmailRow | null> {
  const [found] = await db
    .select()
    .from(emails)
    .where(and(eq(emails.workspaceId, params.workspaceId), eq(emails.id, params.id)));
  return found ?? null;
}
