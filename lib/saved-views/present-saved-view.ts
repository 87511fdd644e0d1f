import type { SavedViewOutput } from "../contract/saved-views";
import { toPublicId } from "../core/ids";

/** A saved view in the API's form. */
export function presentSavedView(
  row: Omit<SavedViewOutput, "createdAt"> & { createdAt: Date },
): SavedViewOutput {
  return { ...row, id: toPublicId("savedView", row.id), createdAt: row.createdAt.toISOString() };
}
