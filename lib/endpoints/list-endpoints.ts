import type { z } from "zod";
import { findEndpoints } from "@/db/queries/endpoints";
import { findEndpointLimit } from "@/db/queries/workspaces";
import type { endpointsOutput } from "../contract/endpoints";
import { pageQuery } from "../contract/shared";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { presentEndpoints } from "./present-endpoints";

/** The workspace's webhooks, newest first, and how many it may have. */
export async function listEndpoints({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof pageQuery>;
}): Promise<z.output<typeof endpointsOutput>> {
  authorize(ctx, "endpoints:read");
  const page = await pageFrom("endpoint", parseInput(pageQuery, input), async ({ limit, before }) => {
    const rows = await findEndpoints(ctx.db, { workspaceId: ctx.workspace.id, limit, before });
    return presentEndpoints(ctx, rows);
  });
  return { ...page, limit: await findEndpointLimit(ctx.db, ctx.workspace.id) };
}
