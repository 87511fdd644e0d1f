import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { ReplayStatus } from "../../lib/core/replays";
import type { Queryable } from "../connection/client";
import { endpointStates, endpoints, replays } from "../schema";

type InWorkspace = { workspaceId: string; id: string };

const row = {
  ...getTableColumns(replays),
  endpointDisabledAt: endpointStates.disabledAt,
};

export async function insertReplay(db: Queryable, values: typeof replays.$inferInsert): Promise<void> {
  await db.insert(replays).values(values);
}

/** Jobs, newest first, from below the cursor. Jobs that only clean up after a deleted endpoint are left out. */
export async function findReplays(
  db: Queryable,
  params: {
    workspaceId: string;
    endpointId?: string;
    statuses?: ReplayStatus[];
    limit: number;
    before: string | null;
  },
) {
  return db
    .select(row)
    .from(replays)
    .leftJoin(endpointStates, eq(endpointStates.endpointId, replays.endpointId))
    .where(
      and(
        eq(replays.workspaceId, params.workspaceId),
        isShown,
        params.endpointId ? eq(replays.endpointId, params.endpointId) : undefined,
        params.statuses ? inArray(replays.status, params.statuses) : undefined,
        params.before ? lt(replays.id, params.before) : undefined,
      ),
    )
    .orderBy(desc(replays.id))
    .limit(params.limit);
}
export type ReplayRow = Awaited<ReturnType<typeof findReplays>>[number];

export async function findReplay(db: Queryable, params: InWorkspace): Promise<ReplayRow | null> {
  const [found] = await db
    .select(row)
    .from(replays)
    .leftJoin(endpointStates, eq(endpointStates.endpointId, replays.endpointId))
    .where(and(eq(replays.workspaceId, params.workspaceId), eq(replays.id, params.id), isShown));
  return found ?? null;
}

const isShown = sql`${replays.discardReason} is distinct from 'endpoint_deleted'`;

/** Locks the job's row until the transaction ends. It waits for a chunk under way, and no other starts meanwhile. */
export async function lockReplay(db: Queryable, params: InWorkspace): Promise<void> {
  await db
    .select({ id: replays.id })
    .from(replays)
    .where(and(eq(replays.workspaceId, params.workspaceId), eq(replays.id, params.id)))
    .for("update");
}

/** Pauses, resumes or ends a job. */
export async function setReplayStatus(
  db: Queryable,
  params: InWorkspace & { status: "running" | "paused" | "canceled"; reason?: string },
): Promise<void> {
  await db
    .update(replays)
    .set({
      status: params.status,
      ...(params.status === "running" ? { nextAt: sql`now()`, failures: 0 } : {}),
      ...(params.status === "canceled" ? { finishedAt: sql`now()`, reason: params.reason } : {}),
    })
    .where(and(eq(replays.workspaceId, params.workspaceId), eq(replays.id, params.id)));
}

/** Changes a job's pace. A chunk scheduled by the previous pace may run at once. */
export async function setReplayPace(
  db: Queryable,
  params: InWorkspace & { ratePerSecond: number | null },
): Promise<void> {
  await db
    .update(replays)
    .set({
      ratePerSecond: params.ratePerSecond,
      nextAt: sql`least(${replays.nextAt}, now() + interval '1 second')`,
    })
    .where(and(eq(replays.workspaceId, params.workspaceId), eq(replays.id, params.id)));
}

/** Ends an endpoint's jobs about held deliveries, after waiting for their chunks under way. */
export async function cancelHeldReplays(
  db: Queryable,
  params: { workspaceId: string; endpointId: string; reason: string },
): Promise<void> {
  await db
    .update(replays)
    .set({ status: "canceled", finishedAt: sql`now()`, reason: params.reason })
    .where(
      and(
        eq(replays.workspaceId, params.workspaceId),
        eq(replays.endpointId, params.endpointId),
        isNotNull(replays.belowGeneration),
        isNull(replays.finishedAt),
      ),
    );
}

/**
 * Jobs that may be worked on: a replay of a disabled endpoint waits, unless the endpoint was deleted and the job is
 * to end.
 */
const isReady = sql`${replays.status} = 'running' and ${replays.finishedAt} is null
  and (${replays.kind} = 'discard' or ${endpointStates.disabledAt} is null or ${endpoints.deletedAt} is not null)`;

/**
 * The job whose next chunk has been due longest, locked until the transaction ends, so that only one process works on
 * it. `null` if none is due, or all due jobs are being worked on.
 */
export async function lockDueReplay(db: Queryable) {
  const [found] = await db
    .select({ ...getTableColumns(replays), endpointDeletedAt: endpoints.deletedAt })
    .from(replays)
    .leftJoin(endpoints, eq(endpoints.id, replays.endpointId))
    .leftJoin(endpointStates, eq(endpointStates.endpointId, replays.endpointId))
    .where(and(isReady, sql`${replays.nextAt} <= now()`))
    .orderBy(replays.nextAt)
    .limit(1)
    .for("update", { of: replays, skipLocked: true });
  return found ?? null;
}
export type DueReplay = NonNullable<Awaited<ReturnType<typeof lockDueReplay>>>;

/** Jobs whose next chunk is due, whether a process works on it or not. */
export function readyReplays(db: Queryable) {
  return db
    .select({ id: replays.id })
    .from(replays)
    .leftJoin(endpoints, eq(endpoints.id, replays.endpointId))
    .leftJoin(endpointStates, eq(endpointStates.endpointId, replays.endpointId))
    .where(and(isReady, sql`${replays.nextAt} <= now()`));
}

/** In how many milliseconds any job's next chunk is due (0: now); `null` if there is none. */
export async function nextReplayInMs(db: Queryable): Promise<number | null> {
  const [found] = await db
    .select({
      ms: sql<number | null>`(extract(epoch from min(${replays.nextAt}) - now()) * 1000)::float8`,
    })
    .from(replays)
    .leftJoin(endpoints, eq(endpoints.id, replays.endpointId))
    .leftJoin(endpointStates, eq(endpointStates.endpointId, replays.endpointId))
    .where(isReady);
  return found?.ms == null ? null : Math.max(0, found.ms);
}

/**
 * Makes the planner use indexes for a chunk's statements until the transaction ends: they concern few rows of large
 * tables whose statistics the job itself makes stale.
 */
export async function planForIndexes(db: Queryable): Promise<void> {
  await db.execute(sql`select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
    set_config('enable_seqscan', 'off', true)`);
}

/** The progress that a chunk made. */
export type ChunkProgress = {
  done: number;
  skipped: number;
  /** The last delivery read; `null`: start again from the beginning. */
  cursor: string | null;
  /** The earliest start of the next chunk, from now. */
  pauseSeconds: number;
  /** Whether nothing is left. */
  finished: boolean;
};

/** Records a chunk's progress, in its transaction. A job that ended meanwhile had nothing left to do. */
export async function advanceReplay(db: Queryable, id: string, progress: ChunkProgress): Promise<void> {
  const done = sql`${replays.done} + ${progress.done}`;
  await db
    .update(replays)
    .set({
      done,
      skipped: sql`${replays.skipped} + ${progress.skipped}`,
      cursor: progress.cursor,
      nextAt: sql`now() + make_interval(secs => ${progress.pauseSeconds})`,
      failures: 0,
      ...(progress.finished ? { status: "done" as const, finishedAt: sql`now()`, total: done } : {}),
    })
    .where(eq(replays.id, id));
}

/** Records that a chunk failed. The next one waits twice as long each time, until the job counts as failed. */
export async function recordChunkFailure(
  db: Queryable,
  params: { id: string; failuresMax: number },
): Promise<void> {
  const lastOne = sql`${replays.failures} + 1 >= ${params.failuresMax}`;
  await db
    .update(replays)
    .set({
      failures: sql`${replays.failures} + 1`,
      nextAt: sql`now() + make_interval(secs => least(60, power(2, ${replays.failures})))`,
      status: sql`case when ${lastOne} then 'failed' else ${replays.status} end`,
      reason: sql`case when ${lastOne} then 'it failed again and again; the log of Posthorn says why' end`,
      finishedAt: sql`case when ${lastOne} then now() end`,
    })
    .where(and(eq(replays.id, params.id), eq(replays.status, "running")));
}
