import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { sqlStateOf } from "@/db/connection/sql-state";
import type { PublishedEvent, PublishRequest } from "@/db/queries/accept-requests";
import { CommitUnknown, IdempotencyRace, publishEvents } from "@/db/queries/publish-events";
import { AppError } from "../core/errors";
import { idempotencyHours } from "../core/events";
import { newId } from "../core/ids";
import { gather, type Outcome, TooMuchWaiting } from "./gather";

type WorkspaceRequest = PublishRequest & { workspaceId: string };
type Write = (request: WorkspaceRequest) => Promise<PublishedEvent[]>;

const groupRequestsMax = 128;
const groupBytesMax = 4 * 1024 * 1024;
/** Fewer than the pool's connections, so that some are left for everything else. */
const groupsMax = 8;
const aloneMax = 4;
const waitingBytesMax = 64 * 1024 * 1024;
/** A group does not wait long for locks that one of its requests needs: that request then waits by itself. */
const groupLockTimeoutMs = 500;
const aloneLockTimeoutMs = 5_000;
const attemptsMax = 5;
const attemptDelayMs = 50;

const holder = globalThis as { posthornWriteEvents?: Write };

/**
 * Writes a request's events, all or none, in a transaction shared with requests of its workspace that arrive while
 * another one is under way. Resolves when they are committed.
 *
 * @throws the request's refusal; AppError `unavailable` if too much waits, or if the database failed for so long that
 *   it is unknown whether it committed; any other database error
 */
export async function writeEvents(request: WorkspaceRequest): Promise<PublishedEvent[]> {
  holder.posthornWriteEvents ??= gather({
    laneOf: ({ workspaceId }) => workspaceId,
    sizeOf: ({ events }) => events.reduce((bytes, { body }) => bytes + body.length, 0),
    write: (group) => write(group, { lockTimeoutMs: groupLockTimeoutMs, again: false }),
    writeAlone,
    groupMax: { requests: groupRequestsMax, size: groupBytesMax },
    groupsMax,
    aloneMax,
    waitingSizeMax: waitingBytesMax,
  });
  try {
    return await holder.posthornWriteEvents(request);
  } catch (error) {
    if (!(error instanceof TooMuchWaiting)) throw error;
    throw new AppError("unavailable", "Too many events are waiting to be written; nothing was written.", {
      retryAfterSeconds: 1,
    });
  }
}

async function write(
  group: WorkspaceRequest[],
  how: { lockTimeoutMs: number; again: boolean },
): Promise<Outcome<PublishedEvent[]>[]> {
  const outcomes = await publishEvents(database().sql, {
    workspaceId: group[0]?.workspaceId ?? "",
    requests: group,
    now: Date.now(),
    newId,
    idempotencyHours,
    ...how,
  });
  return outcomes.map((one) => ("error" in one ? one : { result: one.published }));
}

/** The events keep their ids, so that those committed on a lost connection are found and not written twice. */
async function writeAlone(
  request: WorkspaceRequest,
  groupError: unknown,
  groupSize: number,
): Promise<PublishedEvent[]> {
  let error = groupError;
  let unknown = error instanceof CommitUnknown;
  if (groupSize === 1 && !mayPass(error) && !isLockTimeout(error)) throw error;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (attempt > 1) await sleep(attemptDelayMs * attempt);
    try {
      const [outcome] = await write([request], { lockTimeoutMs: aloneLockTimeoutMs, again: true });
      if (!outcome) throw new Error("a request has no outcome");
      // A refusal is an answer and is not retried.
      if ("error" in outcome) return Promise.reject(outcome.error);
      return outcome.result;
    } catch (thrown) {
      error = thrown;
      unknown ||= error instanceof CommitUnknown;
      if (!mayPass(error)) break;
    }
  }
  if (!unknown) throw error;
  throw new AppError(
    "unavailable",
    "The database failed while the events were being written, so it is unknown whether they were accepted. Publish them again; with an idempotency key, no event is accepted twice.",
    { retryAfterSeconds: 5 },
  );
}

/** Whether a retry may succeed: a deadlock, a key or id that exists by now, a lost connection. */
function mayPass(error: unknown): boolean {
  if (error instanceof IdempotencyRace || error instanceof CommitUnknown) return true;
  return /^(40001|40P01|23505|57P0[123]|08\w+|CONNECTION_CLOSED|CONNECT_TIMEOUT|ECONN\w+|EPIPE)$/.test(
    sqlStateOf(error),
  );
}

const isLockTimeout = (error: unknown): boolean => sqlStateOf(error) === "55P03";
