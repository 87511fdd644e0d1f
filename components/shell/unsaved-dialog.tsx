import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/** Asks whether to leave a form with unsaved changes. */
export function UnsavedDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <ConfirmDialog
      title="Leave without saving?"
      description="Your changes on this page will be lost."
      confirm="Leave"
      cancel="Keep editing"
      onConfirm={onLeave}
      onClose={onStay}
    />
  );
}
