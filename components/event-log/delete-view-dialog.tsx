"use client";

import { useDeleteView } from "@/components/data/use-saved-views";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { SavedViewOutput } from "@/lib/contract/saved-views";

/** Asks before a saved view is deleted. */
export function DeleteViewDialog({
  view,
  onClose,
  onDeleted,
}: {
  view: SavedViewOutput;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const remove = useDeleteView();
  return (
    <ConfirmDialog
      title={`Delete the view ${view.name}?`}
      description="No event is deleted, and your current filters stay as they are."
      confirm={remove.isPending ? "Deleting…" : "Delete view"}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(view, { onSuccess: onDeleted })}
      onClose={onClose}
    />
  );
}
