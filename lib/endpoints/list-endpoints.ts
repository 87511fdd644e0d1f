import type { z } from "zod";
import { findEndpoints } from "@/db/queries/endpoints";
import { findEndpointLimit } from "@/db/queries/workspaces";
import type { endpointsOutput } from "../contract/endpoints";
import { authorize, type Context } from "../verbs/context";
import { type PageParams, pageFrom } from "../verbs/page";
import { presentEndpoints } from "./present-endpoints";

/** The workspace's webhooks, newest first, and how many it may have. */
export async function listEndpoints({
  ctx,
  input,
}: {
  ctx: Context;
  input: PageParams;
}): Promise<z.output<typeof endpointsOutput>> {
  authorize(ctx, "endpoints:read");
  const page = await pageFrom("endpoint", input, async ({ limit, before }) => {
    const rows = await findEndpoints(ctx.db, { workspaceId: ctx.workspace.id, limit, before });
    return presentEndpoints(ctx, rows);
  });
  return { ...page, limit: await findEndpointLimit(ctx.db, ctx.workspace.id) };
}
