import {
  findSavedView,
  findSavedViews,
  insertSavedView,
  isSavedViewNameTaken,
  lockSavedViews,
} from "@/db/queries/saved-views";
import { createSavedViewInput, type SavedViewOutput } from "../contract/saved-views";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { savedViewsMax } from "../core/saved-views";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { ownerOf } from "./owner-of";
import { presentSavedView } from "./present-saved-view";
import { requireFilters } from "./require-filters";

/**
 * Saves filters of the event log for the requesting person.
 *
 * @throws AppError `conflict` if they have a view with that name; `limit_reached` at 50
 */
export async function createSavedView({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createSavedViewInput>;
}): Promise<SavedViewOutput> {
  const { name, log, query } = parseInput(createSavedViewInput, input);
  requireFilters(log, query);
  const owner = ownerOf(ctx);
  return withAudit({ ctx, scope: "savedViews:write", action: "saved_view.create" }, async (tx) => {
    await lockSavedViews(tx, owner);
    if (await isSavedViewNameTaken(tx, { ...owner, name })) {
      throw new AppError("conflict", `You already have a view named ${name}. Choose another name.`);
    }
    if ((await findSavedViews(tx, owner)).length >= savedViewsMax) {
      throw new AppError("limit_reached", `You have ${savedViewsMax} saved views. Delete one first.`);
    }
    const id = newId();
    await insertSavedView(tx, { id, ...owner, name, log, query });
    const made = await findSavedView(tx, { ...owner, id });
    if (!made) throw new Error("the view that was just saved is missing");
    return { result: presentSavedView(made), targetId: id, targetName: null };
  });
}
