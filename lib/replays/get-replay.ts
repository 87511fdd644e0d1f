import type { Queryable } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import { countReplayResults } from "@/db/queries/replay-results";
import { findReplay, type ReplayRow } from "@/db/queries/replays";
import type { ReplayDetailOutput } from "../contract/replays";
import { notFound } from "../core/errors";
import { fromPublicId, toPublicId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";
import { presentReplay } from "./present-replay";

/** A job that replays or discards, with its progress and the results of the deliveries that it sent. */
export async function getReplay({ ctx, id }: { ctx: Context; id: string }): Promise<ReplayDetailOutput> {
  authorize(ctx, "deliveries:read");
  const row = await requireReplay(ctx, ctx.db, id);
  const { waiting, ...results } = await countReplayResults(database().sql, {
    workspaceId: ctx.workspace.id,
    replayId: row.id,
  });
  return {
    ...presentReplay(row),
    results: {
      ...results,
      waiting: Object.entries(waiting)
        .map(([id, count]) => ({ endpointId: toPublicId("endpoint", id), count }))
        .sort((a, b) => b.count - a.count),
    },
  };
}

/**
 * The row with a public id.
 *
 * @throws AppError `not_found` if the workspace has no such job
 */
export async function requireReplay(ctx: Context, db: Queryable, id: string): Promise<ReplayRow> {
  const uuid = fromPublicId("replay", id);
  const row = uuid && (await findReplay(db, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!row) throw notFound("replay");
  return row;
}
