import { AppError } from "../core/errors";
import { authorize, type Context } from "../verbs/context";
import { requireEndpoint } from "./get-endpoint";

/** A webhook's name, for the title of its page; `null` if the workspace has no such webhook. */
export async function findEndpointName({ ctx, id }: { ctx: Context; id: string }): Promise<string | null> {
  authorize(ctx, "endpoints:read");
  try {
    return (await requireEndpoint(ctx, ctx.db, id)).name;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
