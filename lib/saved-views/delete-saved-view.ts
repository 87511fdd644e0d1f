import { deleteSavedView as deleteRow } from "@/db/queries/saved-views";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { ownerOf } from "./owner-of";

/** Deletes a view of the requesting person. @throws AppError `not_found` */
export async function deleteSavedView({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  const owner = ownerOf(ctx);
  const uuid = fromPublicId("savedView", id);
  await withAudit({ ctx, scope: "savedViews:write", action: "saved_view.delete" }, async (tx) => {
    const deleted = uuid && (await deleteRow(tx, { ...owner, id: uuid }));
    if (!deleted) throw notFound("saved view");
    return { result: undefined, targetId: uuid, targetName: null };
  });
}
