import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { accountEmails } from "../schema";
import type { TryOutcome } from "./emails";

export async function insertAccountEmail(
  db: Queryable,
  { minutes, ...row }: Omit<typeof accountEmails.$inferInsert, "expiresAt"> & { minutes: number },
): Promise<void> {
  await db
    .insert(accountEmails)
    .values({ ...row, expiresAt: sql`now() + make_interval(mins => ${minutes}::int)` });
}

/** Like `claimEmail`, for emails about accounts. Emails that are too late to be useful are given up first. */
export async function claimAccountEmail(db: Queryable, leaseSeconds: number) {
  await db
    .update(accountEmails)
    .set({ status: "failed", sealedBody: null, lastError: sql`coalesce(last_error, 'it came too late')` })
    .where(and(eq(accountEmails.status, "queued"), sql`${accountEmails.expiresAt} <= now()`));
  const due = db
    .select({ id: accountEmails.id })
    .from(accountEmails)
    .where(and(eq(accountEmails.status, "queued"), sql`${accountEmails.nextTryAt} <= now()`))
    .orderBy(accountEmails.nextTryAt)
    .limit(1)
    .for("update", { skipLocked: true });
  const [claimed] = await db
    .update(accountEmails)
    .set({
      attempts: sql`${accountEmails.attempts} + 1`,
      nextTryAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(sql`${accountEmails.id} = (${due})`)
    .returning();
  return claimed ?? null;
}
export type AccountEmailRow = NonNullable<Awaited<ReturnType<typeof claimAccountEmail>>>;

/** Like `recordTry`. The content of an email that was sent or given up is removed. */
export async function recordAccountEmailTry(
  db: Queryable,
  { id, attempts }: Pick<AccountEmailRow, "id" | "attempts">,
  outcome: TryOutcome,
): Promise<boolean> {
  const failed = (error: string, retryInSeconds: number | null) => ({
    lastError: error,
    ...(retryInSeconds === null
      ? { status: "failed" as const, sealedBody: null }
      : { nextTryAt: sql`now() + make_interval(secs => ${retryInSeconds})` }),
  });
  const rows = await db
    .update(accountEmails)
    .set(
      outcome.sent
        ? { status: "sent", sentAt: sql`now()`, lastError: null, sealedBody: null }
        : failed(outcome.error, outcome.retryInSeconds),
    )
    .where(
      and(eq(accountEmails.id, id), eq(accountEmails.attempts, attempts), eq(accountEmails.status, "queued")),
    )
    .returning({ id: accountEmails.id });
  return rows.length > 0;
}

/** Gives up queued emails, in a process that sends none, so that their content is not kept. */
export async function dropAccountEmails(db: Queryable): Promise<void> {
  await db
    .update(accountEmails)
    .set({ status: "failed", sealedBody: null, lastError: "no SMTP server is set" })
    .where(eq(accountEmails.status, "queued"));
}
