import {
  findSavedView,
  isSavedViewNameTaken,
  lockSavedViews,
  updateSavedView as updateRow,
} from "@/db/queries/saved-views";
import { type SavedViewOutput, updateSavedViewInput } from "../contract/saved-views";
import { AppError, notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { ownerOf } from "./owner-of";
import { presentSavedView } from "./present-saved-view";
import { requireFilters } from "./require-filters";

/**
 * Renames a view of the requesting person, or saves other filters in it.
 *
 * @throws AppError `not_found`; `conflict` if another of their views has the name
 */
export async function updateSavedView({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof updateSavedViewInput>;
}): Promise<SavedViewOutput> {
  const changes = parseInput(updateSavedViewInput, input);
  const owner = ownerOf(ctx);
  const uuid = fromPublicId("savedView", id);
  if (!uuid) throw notFound("saved view");
  return withAudit({ ctx, scope: "savedViews:write", action: "saved_view.update" }, async (tx) => {
    await lockSavedViews(tx, owner);
    const view = await findSavedView(tx, { ...owner, id: uuid });
    if (!view) throw notFound("saved view");
    const { name = view.name, query = view.query } = changes;
    requireFilters(view.log, query);
    if (await isSavedViewNameTaken(tx, { ...owner, name, exceptId: uuid })) {
      throw new AppError("conflict", `You already have a view named ${name}. Choose another name.`);
    }
    await updateRow(tx, { ...owner, id: uuid, set: { name, query } });
    return { result: presentSavedView({ ...view, name, query }), targetId: uuid, targetName: null };
  });
}
