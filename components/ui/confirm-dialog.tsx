"use client";

import * as AlertDialog from "radix-ui/alert-dialog";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { DialogFooter } from "./dialog-footer";
import { FieldError, FormField } from "./field";
import { Input } from "./input";
import { dialogContentClasses, overlayClasses } from "./overlay-classes";
import { useReturnFocus } from "./use-return-focus";

type ConfirmDialogProps = {
  title: string;
  /** What happens then, and what is lost; describes the dialog to screen readers, after its title. */
  description: ReactNode;
  /** Beneath the description: lists, choices. */
  children?: ReactNode;
  /** Text that has to be typed before confirming is possible. */
  typed?: string;
  /** Text of the button that confirms. */
  confirm: string;
  /** Text of the button that does not. */
  cancel?: string;
  /** Whether something is lost or stops working. */
  destructive?: boolean;
  pending?: boolean;
  /** Why it failed. */
  error?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
};

/**
 * Asks for confirmation: a click outside does not close it. The caller closes it, so that a failure can be shown in
 * it.
 */
export function ConfirmDialog({
  title,
  description,
  children,
  typed,
  confirm,
  cancel = "Cancel",
  destructive = true,
  pending = false,
  error,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [typedSoFar, setTypedSoFar] = useState("");
  const focus = useReturnFocus({});
  const mayConfirm = typed === undefined || typedSoFar === typed;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlayClasses} />
        <AlertDialog.Content data-slot="alert-dialog" className={dialogContentClasses} {...focus}>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // React also passes the event on to a form around the dialog.
              event.stopPropagation();
              if (mayConfirm && !pending) onConfirm();
            }}
          >
            <div className="grid gap-1.5 px-5 pt-4 pb-4">
              <AlertDialog.Title className="break-words font-semibold text-base">{title}</AlertDialog.Title>
              <AlertDialog.Description asChild>
                <div className="text-muted-foreground text-sm">{description}</div>
              </AlertDialog.Description>
              {children}
              {typed === undefined ? (
                <FieldError>{error}</FieldError>
              ) : (
                <FormField label={`Type ${typed} to confirm`} className="pt-2" error={error}>
                  {(control) => (
                    <Input
                      {...control}
                      autoComplete="off"
                      spellCheck={false}
                      value={typedSoFar}
                      onChange={(event) => setTypedSoFar(event.target.value)}
                    />
                  )}
                </FormField>
              )}
            </div>
            <DialogFooter>
              <AlertDialog.Cancel asChild>
                <Button variant="outline">{cancel}</Button>
              </AlertDialog.Cancel>
              <Button
                type="submit"
                variant={destructive ? "destructive" : "default"}
                disabled={!mayConfirm}
                pending={pending}
              >
                {confirm}
              </Button>
            </DialogFooter>
          </form>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
