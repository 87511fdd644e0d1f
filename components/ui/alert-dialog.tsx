"use client";

import type * as AlertDialogParts from "radix-ui/alert-dialog";
import type { ComponentProps } from "react";
import { buttonVariants } from "./button";
import { cn } from "./cn";
import { LazyRoot, lazyOverlay, useOpening, useParts } from "./lazy-overlay";
import { dialogContentClasses, overlayClasses } from "./overlay-classes";
import { useReturnFocus } from "./use-return-focus";

const alertDialog = lazyOverlay<typeof AlertDialogParts>(() => import("radix-ui/alert-dialog"));

export { DialogFooter as AlertDialogFooter } from "./dialog-footer";
export function AlertDialog(props: ComponentProps<typeof AlertDialogParts.Root>) {
  return <LazyRoot overlay={alertDialog} root={props} />;
}

/** A question that must be answered: a click outside does not close it. */
export function AlertDialogContent({ className, ...props }: ComponentProps<typeof AlertDialogParts.Content>) {
  const focus = useReturnFocus(props);
  const { parts } = useOpening(alertDialog);
  if (!parts) return null;
  return (
    <parts.Portal>
      <parts.Overlay className={overlayClasses} />
      <parts.Content
        data-slot="alert-dialog"
        className={cn(dialogContentClasses, className)}
        {...props}
        {...focus}
      />
    </parts.Portal>
  );
}

export function AlertDialogHeader({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("grid gap-1.5 px-5 pt-4 pb-4", className)} {...props} />;
}

export function AlertDialogTitle({ className, ...props }: ComponentProps<typeof AlertDialogParts.Title>) {
  const { Title } = useParts(alertDialog);
  return <Title className={cn("font-semibold text-base", className)} {...props} />;
}

export function AlertDialogDescription({
  className,
  ...props
}: ComponentProps<typeof AlertDialogParts.Description>) {
  const { Description } = useParts(alertDialog);
  return <Description className={cn("text-muted-foreground text-sm", className)} {...props} />;
}

export function AlertDialogCancel({ className, ...props }: ComponentProps<typeof AlertDialogParts.Cancel>) {
  const { Cancel } = useParts(alertDialog);
  return <Cancel className={cn(buttonVariants({ variant: "outline" }), className)} {...props} />;
}

/** Closes the dialog. For an act that takes time use a `<Button pending>` instead, and close when it is done. */
export function AlertDialogAction({
  className,
  destructive = false,
  ...props
}: ComponentProps<typeof AlertDialogParts.Action> & { destructive?: boolean }) {
  const { Action } = useParts(alertDialog);
  return (
    <Action
      className={cn(buttonVariants({ variant: destructive ? "destructive" : "default" }), className)}
      {...props}
    />
  );
}
