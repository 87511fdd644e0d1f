import { findTransitions, type TransitionRow } from "@/db/queries/endpoint-transitions";
import type { TransitionOutput } from "../contract/endpoints";
import { type Page, pageQuery } from "../contract/shared";
import { causeFrom, describeCause } from "../core/describe-cause";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { requireEndpoint } from "./get-endpoint";

/** A webhook's state changes, and who or what caused them, newest first. */
export async function listTransitions({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof pageQuery>;
}): Promise<Page<TransitionOutput>> {
  authorize(ctx, "endpoints:read");
  const endpoint = await requireEndpoint(ctx, ctx.db, id);
  return pageFrom("transition", parseInput(pageQuery, input), async (page) => {
    const rows = await findTransitions(ctx.db, {
      workspaceId: ctx.workspace.id,
      endpointId: endpoint.id,
      ...page,
    });
    return rows.map(presentTransition);
  });
}

/** A transition in the API's form. */
export function presentTransition(row: TransitionRow): TransitionOutput {
  const cause = causeFrom(row.cause, row.actorName);
  return {
    id: toPublicId("transition", row.id),
    kind: row.kind,
    consecutiveFailures: row.consecutiveFailures,
    httpStatus: row.httpStatus,
    error: row.error,
    reason: describeCause(cause),
    cause,
    createdAt: row.createdAt.toISOString(),
  };
}
