import { findReplays } from "@/db/queries/replays";
import { type ReplayOutput, replaysQuery } from "../contract/replays";
import type { Page } from "../contract/shared";
import { fromPublicId, noId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { presentReplay } from "./present-replay";

/** The jobs that replay or discard, newest first. */
export async function listReplays({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof replaysQuery>;
}): Promise<Page<ReplayOutput>> {
  authorize(ctx, "deliveries:read");
  const query = parseInput(replaysQuery, input);
  const endpointId = query.endpointId && (fromPublicId("endpoint", query.endpointId) ?? noId);
  return pageFrom("replay", query, async (page) => {
    const rows = await findReplays(ctx.db, {
      workspaceId: ctx.workspace.id,
      endpointId,
      statuses: query.status,
      ...page,
    });
    return rows.map(presentReplay);
  });
}
