import { findReplays } from "@/db/queries/replays";
import type { ReplayOutput, ReplaysQuery } from "../contract/replays";
import type { Page } from "../contract/shared";
import { fromPublicId, noId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { presentReplay } from "./present-replay";

/** The jobs that replay or discard, newest first. */
export async function listReplays({
  ctx,
  input,
}: {
  ctx: Context;
  input: ReplaysQuery;
}): Promise<Page<ReplayOutput>> {
  authorize(ctx, "deliveries:read");
  const endpointId = input.endpointId && (fromPublicId("endpoint", input.endpointId) ?? noId);
  return pageFrom("replay", input, async (page) => {
    const rows = await findReplays(ctx.db, {
      workspaceId: ctx.workspace.id,
      endpointId,
      statuses: input.status,
      ...page,
    });
    return rows.map(presentReplay);
  });
}
