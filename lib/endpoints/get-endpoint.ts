import type { Queryable } from "@/db/connection/client";
import { type EndpointRow, findEndpoint } from "@/db/queries/endpoints";
import type { EndpointOutput } from "../contract/endpoints";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";
import { presentEndpoints } from "./present-endpoints";

export async function getEndpoint({ ctx, id }: { ctx: Context; id: string }): Promise<EndpointOutput> {
  authorize(ctx, "endpoints:read");
  return presentEndpoint(ctx, await requireEndpoint(ctx, ctx.db, id));
}

/**
 * The row with a public id.
 *
 * @param forChange locks it until the transaction ends
 * @throws AppError `not_found` if the workspace has no such webhook
 */
export async function requireEndpoint(
  ctx: Context,
  db: Queryable,
  id: string,
  { forChange = false } = {},
): Promise<EndpointRow> {
  const uuid = fromPublicId("endpoint", id);
  const row = uuid && (await findEndpoint(db, { workspaceId: ctx.workspace.id, id: uuid, forChange }));
  if (!row) throw notFound("webhook");
  return row;
}

export async function presentEndpoint(ctx: Context, row: EndpointRow): Promise<EndpointOutput> {
  const [endpoint] = await presentEndpoints(ctx, [row]);
  if (!endpoint) throw new Error("a webhook was read but could not be presented");
  return endpoint;
}
