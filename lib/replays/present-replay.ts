import type { ReplayRow } from "@/db/queries/replays";
import { type ReplayOutput, storedReplayFilter } from "../contract/replays";
import { toPublicId } from "../core/ids";

export function presentReplay(row: ReplayRow): ReplayOutput {
  const waits = row.status === "running" && row.kind === "replay" && row.endpointDisabledAt !== null;
  return {
    id: toPublicId("replay", row.id),
    kind: row.kind,
    endpointId: row.endpointId && toPublicId("endpoint", row.endpointId),
    filter: row.filter === null ? null : storedReplayFilter.parse(row.filter),
    status: row.status,
    reason: waits ? "it goes on when the webhook is enabled" : row.reason,
    total: row.total,
    done: row.done,
    skipped: row.skipped,
    ratePerSecond: row.ratePerSecond,
    order: row.newestFirst ? "newest" : "oldest",
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdBy: row.createdBy,
  };
}
