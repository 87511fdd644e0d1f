import { LRUCache } from "lru-cache";
import type { Queryable, Transaction } from "@/db/connection/client";
import type { DeliveryFilter } from "@/db/queries/deliveries";
import { discardHeld, isAnyHeldBefore, releaseHeld } from "@/db/queries/held-deliveries";
import { lockEndpointsForShare } from "@/db/queries/lock-for-share";
import {
  findReplayCandidates,
  findReplayTargets,
  queueReplays,
  type ReplayTarget,
} from "@/db/queries/replay-deliveries";
import {
  advanceReplay,
  type ChunkProgress,
  type DueReplay,
  lockDueReplay,
  planForIndexes,
  recordChunkFailure,
  setReplayStatus,
} from "@/db/queries/replays";
import { jobSearch, resolveSearch } from "@/db/queries/resolve-search";
import { wakeEndpoints } from "@/db/queries/wake-endpoints";
import { storedReplayFilter } from "../contract/replays";
import { backingOffWaitSeconds, backlogMax, chunkFailuresMax, chunkSize, waitSeconds } from "../core/replays";
import { storedDeliveryFilter } from "../deliveries/delivery-filter";
import { log } from "../platform/log";

/** How many deliveries a chunk handled; `queued`: some of them are due now. */
export type Chunk = { replayId: string; handled: number; queued: boolean };

/**
 * Works on the job that has been due longest, in one transaction: the deliveries and the job's cursor, progress and
 * pace change together or not at all. A failed chunk is postponed, not thrown.
 *
 * @returns `null` if no job is due, or other processes work on all due ones
 */
export async function runChunk(db: Queryable): Promise<Chunk | null> {
  let id: string | null = null;
  try {
    return await db.transaction(async (tx) => {
      const replay = await lockDueReplay(tx);
      if (!replay) return null;
      id = replay.id;
      await planForIndexes(tx);
      return workOn(tx, replay);
    });
  } catch (error) {
    if (id === null) throw error;
    log().error({ error, replay: id }, "a chunk of a replay failed; trying again");
    await recordChunkFailure(db, { id, failuresMax: chunkFailuresMax });
    return { replayId: id, handled: 0, queued: false };
  }
}

async function workOn(tx: Transaction, replay: DueReplay): Promise<Chunk> {
  const isOver = replay.endpointDeletedAt !== null && replay.discardReason !== "endpoint_deleted";
  if (isOver) {
    await setReplayStatus(tx, { ...replay, status: "canceled", reason: "the webhook was deleted" });
    return { replayId: replay.id, handled: 0, queued: false };
  }
  const { queuedFor, ...progress } =
    replay.belowGeneration === null
      ? await replayMatching(tx, replay)
      : await workOnHeld(tx, { ...replay, belowGeneration: replay.belowGeneration });
  await wakeEndpoints(tx, queuedFor);
  await advanceReplay(tx, replay.id, progress);
  return { replayId: replay.id, handled: progress.done, queued: queuedFor.length > 0 };
}

type Worked = ChunkProgress & { queuedFor: string[] };

/** Nothing happened, and nothing will for a while. */
const waited = (replay: DueReplay, pauseSeconds: number): Worked => ({
  done: 0,
  skipped: 0,
  cursor: replay.cursor,
  pauseSeconds,
  finished: false,
  queuedFor: [],
});

/** Half a second of the pace, so that deliveries go out evenly. */
const limitOf = ({ ratePerSecond }: DueReplay, room: number = chunkSize) =>
  Math.min(chunkSize, room, ratePerSecond === null ? chunkSize : Math.ceil(ratePerSecond / 2));

/** Seconds. Newest first, a chunk waits until those before it are due earlier than all of its own. */
const pauseAfter = ({ ratePerSecond, newestFirst }: DueReplay, sent: number) =>
  Math.max(ratePerSecond === null ? 0 : sent / ratePerSecond, newestFirst ? chunkSize / 1_000 : 0);

/** Releases or discards an endpoint's held deliveries until none are left. It waits for those in flight. */
async function workOnHeld(tx: Transaction, replay: DueReplay & { belowGeneration: number }): Promise<Worked> {
  const { workspaceId, endpointId, belowGeneration, discardReason, cursor } = replay;
  if (endpointId === null) throw new Error("a job about held deliveries has no endpoint");
  const from = { workspaceId, endpointId, belowGeneration };
  let limit = limitOf(replay);
  if (replay.kind === "replay") {
    const [target] = await findReplayTargets(tx, { ids: [endpointId], countMax: backlogMax });
    const wait = target && backlogWait(target);
    if (wait) return waited(replay, wait);
    limit = limitOf(replay, backlogMax - (target?.waiting ?? 0));
  }
  const { n, last } =
    replay.kind === "replay"
      ? await releaseHeld(tx, { ...from, after: cursor, limit, replayId: replay.id })
      : await discardHeld(tx, { ...from, after: cursor, limit, reason: discardReason ?? "by_person" });
  const worked = { done: n, skipped: 0, queuedFor: replay.kind === "replay" && n > 0 ? [endpointId] : [] };
  if (n > 0) return { ...worked, cursor: last, pauseSeconds: pauseAfter(replay, n), finished: false };
  const left = await isAnyHeldBefore(tx, { ...from, endpointDeleted: discardReason === "endpoint_deleted" });
  // From the oldest again: those left were in flight when the cursor passed them.
  return { ...worked, cursor: null, pauseSeconds: cursor === null ? waitSeconds : 0, finished: !left };
}

/** Queues deliveries that match the filter, up to the moment when the job was started. */
async function replayMatching(tx: Transaction, replay: DueReplay): Promise<Worked> {
  const given = storedDeliveryFilter(replay.workspaceId, storedReplayFilter.parse(replay.filter));
  const belowId = [given.belowId, replay.id].filter((id) => id !== undefined).sort()[0];
  const limit = limitOf(replay);
  const { cursor: after, newestFirst } = replay;
  const candidates = await findBySearch(replay, {
    resolve: async () => (await resolveSearch(tx, given, jobSearch)).filter,
    find: (filter) => findReplayCandidates(tx, { filter: { ...filter, belowId }, after, limit, newestFirst }),
    isEnd: (found) => found.length < limit,
  });
  const endpointIds = [...new Set(candidates.map((one) => one.endpointId))];
  await lockEndpointsForShare(tx, { workspaceId: replay.workspaceId, ids: endpointIds });
  const targets = await findReplayTargets(tx, { ids: endpointIds, countMax: backlogMax });
  const isWaitedFor = (target: ReplayTarget) => target.id === replay.endpointId;
  // It was deleted after the job was chosen: the next chunk finds that out.
  if (targets.some((target) => isWaitedFor(target) && target.disabledAt)) return waited(replay, waitSeconds);
  // An endpoint that backs off does not delay the replay of others.
  const waits = targets
    .filter((target) => !target.disabledAt && (isWaitedFor(target) || !target.backsOff))
    .map(backlogWait);
  if (waits.some((seconds) => seconds > 0)) return waited(replay, Math.max(...waits));

  const open = new Set(
    targets.filter((target) => !target.disabledAt && !target.deletedAt).map(({ id }) => id),
  );
  const chosen = candidates.filter((one) => open.has(one.endpointId));
  const sent = await queueReplays(tx, {
    workspaceId: replay.workspaceId,
    ids: chosen.map((one) => one.id),
    replayId: replay.id,
    newestFirst,
  });
  return {
    done: candidates.length,
    skipped: candidates.length - sent,
    cursor: candidates.at(-1)?.id ?? after,
    pauseSeconds: pauseAfter(replay, sent),
    finished: candidates.length < limit,
    queuedFor: sent > 0 ? [...new Set(chosen.map((one) => one.endpointId))] : [],
  };
}

/** Results of jobs' searches, by job, so that a slow search does not read payloads again for each chunk. */
const searches = new LRUCache<string, DeliveryFilter>({ max: 20 });

/**
 * A job's next deliveries, by what its search found for an earlier chunk in this process. Events published meanwhile
 * are found before the job ends: the end counts only if the search has just been made.
 */
async function findBySearch<Found>(
  { id }: DueReplay,
  {
    resolve,
    find,
    isEnd,
  }: {
    resolve: () => Promise<DeliveryFilter>;
    find: (filter: DeliveryFilter) => Promise<Found>;
    isEnd: (found: Found) => boolean;
  },
): Promise<Found> {
  const known = searches.get(id);
  if (known) {
    const found = await find(known);
    if (!isEnd(found)) return found;
    searches.delete(id);
  }
  const filter = await resolve();
  const found = await find(filter);
  const isLookedUp = filter.eventIds !== undefined || filter.search?.isScanned;
  if (isLookedUp && !isEnd(found)) searches.set(id, filter);
  return found;
}

/** How many seconds to wait until the endpoint has worked off what was queued for it; 0 for none. */
function backlogWait(target: ReplayTarget): number {
  if (target.waiting < backlogMax) return 0;
  return target.backsOff ? backingOffWaitSeconds : waitSeconds;
}
