import { findReplays } from "@/db/queries/replays";
import { authorize, type Context } from "../context";
import { pageFrom } from "../http/page";
import type { Page } from "../http/schemas";
import { fromPublicId, noId } from "../ids";
import { presentReplay } from "./present-replay";
import type { ReplayOutput, ReplaysQuery } from "./schemas";

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
