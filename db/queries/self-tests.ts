import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { SelfTestPhase, SelfTestResult } from "../../lib/core/self-test";
import type { Queryable } from "../connection/client";
import { selfTestReceipts, selfTests } from "../schema";

export type SelfTestRow = typeof selfTests.$inferSelect;

/** Adds a self-test; `false` if one has not finished. */
export async function insertSelfTest(db: Queryable, row: typeof selfTests.$inferInsert): Promise<boolean> {
  const inserted = await db
    .insert(selfTests)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: selfTests.id });
  return inserted.length > 0;
}

/** Self-tests, newest first. */
export async function findSelfTests(db: Queryable, limit: number): Promise<SelfTestRow[]> {
  return db.select().from(selfTests).orderBy(desc(selfTests.id)).limit(limit);
}

export async function findSelfTest(db: Queryable, id: string): Promise<SelfTestRow | null> {
  const [row] = await db.select().from(selfTests).where(eq(selfTests.id, id));
  return row ?? null;
}

const unfinished = (id: string) => and(eq(selfTests.id, id), isNull(selfTests.finishedAt));

/** Asks for a test's end; `false` if it has ended. */
export async function cancelSelfTest(db: Queryable, id: string): Promise<boolean> {
  const changed = await db
    .update(selfTests)
    .set({ cancelledAt: sql`coalesce(${selfTests.cancelledAt}, now())` })
    .where(unfinished(id))
    .returning({ id: selfTests.id });
  return changed.length > 0;
}

const isToBeTaken = (
  silentSeconds: number,
) => sql`${selfTests.finishedAt} is null and (${selfTests.seenAt} is null
  or ${selfTests.seenAt} < now() - make_interval(secs => ${silentSeconds}))`;

/** Those that `takeSelfTest` would take. */
export function selfTestsToBeTaken(db: Queryable, silentSeconds: number) {
  return db.select({ id: selfTests.id }).from(selfTests).where(isToBeTaken(silentSeconds));
}

/**
 * Takes the test that waits, or one whose process was not heard of for so long; `null` if there is none. Of several
 * processes one gets it.
 *
 * @returns the test as it was
 */
export async function takeSelfTest(db: Queryable, silentSeconds: number): Promise<SelfTestRow | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(selfTests)
      .where(isToBeTaken(silentSeconds))
      .for("update", { skipLocked: true });
    if (!row) return null;
    await tx.update(selfTests).set({ status: "running", seenAt: sql`now()` }).where(eq(selfTests.id, row.id));
    return row;
  });
}

/** Says that a test runs and how far it is. @returns whether it is to go on: nobody asked for its end */
export async function noteSelfTest(
  db: Queryable,
  { id, ...progress }: { id: string; phase: SelfTestPhase; accepted: number },
): Promise<boolean> {
  const [row] = await db
    .update(selfTests)
    .set({
      ...progress,
      seenAt: sql`now()`,
      received: sql`(select count(distinct delivery_id) from self_test_receipts where self_test_id = ${id})`,
    })
    .where(unfinished(id))
    .returning({ cancelledAt: selfTests.cancelledAt });
  return row !== undefined && row.cancelledAt === null;
}

/** What came of a test, and that it has ended. */
export async function endSelfTest(
  db: Queryable,
  {
    id,
    ...end
  }: {
    id: string;
    status: "finished" | "failed" | "canceled";
    reason?: string;
    result?: SelfTestResult;
  },
): Promise<void> {
  await db
    .update(selfTests)
    .set({ ...end, finishedAt: sql`now()` })
    .where(unfinished(id));
}

export async function insertSelfTestReceipts(
  db: Queryable,
  rows: (typeof selfTestReceipts.$inferInsert)[],
): Promise<void> {
  await db.insert(selfTestReceipts).values(rows).onConflictDoNothing();
}

export async function deleteSelfTestReceipts(db: Queryable): Promise<void> {
  await db.delete(selfTestReceipts);
}

/** How many deliveries came to a test's receivers, and how many of them more than once. */
export async function countSelfTestReceipts(
  db: Queryable,
  selfTestId: string,
): Promise<{ received: number; twice: number }> {
  const [row] = await db.execute<{ received: number; twice: number }>(sql`
    select count(*)::int as received, (count(*) filter (where n > 1))::int as twice
    from (
      select count(*) as n from self_test_receipts where self_test_id = ${selfTestId} group by delivery_id
    ) receipts`);
  return row ?? { received: 0, twice: 0 };
}

/** When the deliveries of a range of ids came first, by the receivers' clock. */
export async function findSelfTestReceipts(
  db: Queryable,
  params: { selfTestId: string; fromId: string; belowId: string },
): Promise<{ deliveryId: string; receivedAt: Date }[]> {
  return db
    .select({
      deliveryId: selfTestReceipts.deliveryId,
      receivedAt: sql`min(${selfTestReceipts.receivedAt})`.mapWith(selfTestReceipts.receivedAt),
    })
    .from(selfTestReceipts)
    .where(
      and(
        eq(selfTestReceipts.selfTestId, params.selfTestId),
        sql`${selfTestReceipts.deliveryId} >= ${params.fromId} and ${selfTestReceipts.deliveryId} < ${params.belowId}`,
      ),
    )
    .groupBy(selfTestReceipts.deliveryId);
}

/** What a workspace has that is to be sent yet. */
export async function countQueued(db: Queryable, workspaceId: string): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from delivery_queue where workspace_id = ${workspaceId}`,
  );
  return row?.n ?? 0;
}

/** Removes what a workspace has left to be sent. */
export async function deleteQueued(db: Queryable, workspaceId: string): Promise<void> {
  await db.execute(sql`delete from delivery_queue where workspace_id = ${workspaceId}`);
}

/** Whether a process has something of a workspace that it sends, or has not recorded. */
export async function isSending(db: Queryable, workspaceId: string): Promise<boolean> {
  const leases = await db.execute(sql`
    select from delivery_leases l join endpoints e on e.id = l.endpoint_id where e.workspace_id = ${workspaceId} limit 1`);
  return leases.length > 0;
}

/** Bytes of the tables that events, deliveries and attempts are in, with their indexes. */
export async function measureTables(db: Queryable): Promise<number> {
  const [row] = await db.execute<{ bytes: string }>(sql`
    select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::text as bytes from pg_inherits
    where inhparent in ('events'::regclass, 'deliveries'::regclass, 'attempts'::regclass)`);
  return Number(row?.bytes ?? 0);
}

/**
 * Ends the connections that Posthorn's processes have to the database, but for the one that asks.
 * @returns how many
 */
export async function endConnections(db: Queryable): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*) filter (where pg_terminate_backend(pid))::int as n from pg_stat_activity
    where pid <> pg_backend_pid() and datname = current_database() and usename = current_user
      and application_name = current_setting('application_name')`);
  return row?.n ?? 0;
}
