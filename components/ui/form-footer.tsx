import type { ReactNode } from "react";
import { Button } from "./button";
import { DialogFooter } from "./dialog-footer";

/** The end of a dialog's form: _Cancel_, and the submit button, which says what it does. */
export function FormFooter({
  pending,
  onCancel,
  children,
}: {
  pending: boolean;
  onCancel: () => void;
  children: ReactNode;
}) {
  return (
    <DialogFooter onCancel={onCancel}>
      <Button type="submit" pending={pending}>
        {children}
      </Button>
    </DialogFooter>
  );
}
