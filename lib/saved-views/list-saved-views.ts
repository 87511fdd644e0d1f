import { findSavedViews } from "@/db/queries/saved-views";
import type { SavedViewOutput } from "../contract/saved-views";
import { authorize, type Context } from "../verbs/context";
import { ownerOf } from "./owner-of";
import { presentSavedView } from "./present-saved-view";

/** The views that the requesting person saved in the workspace, by name. */
export async function listSavedViews({ ctx }: { ctx: Context }): Promise<{ data: SavedViewOutput[] }> {
  authorize(ctx, "savedViews:write");
  const rows = await findSavedViews(ctx.db, ownerOf(ctx));
  return { data: rows.map(presentSavedView) };
}
