"use client";

import * as DialogPrimitive from "radix-ui/dialog";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { overlayClasses } from "./overlay-classes";
import { OverlayClose } from "./overlay-close";
import { useReturnFocus } from "./use-return-focus";

export const Sheet = DialogPrimitive.Root;

const sides = {
  right: "right-0 w-full sm:max-w-[560px] data-[state=open]:animate-slide-in-right",
  left: "left-0 w-64 data-[state=open]:animate-slide-in-left",
};

/** Slides over an edge of the page; at the right it fills the screen of a phone. */
export function SheetContent({
  className,
  children,
  side = "right",
  hideClose = false,
  ...props
}: ComponentProps<typeof DialogPrimitive.Content> & {
  side?: keyof typeof sides;
  /** For a sheet that is left in another way. */
  hideClose?: boolean;
}) {
  const focus = useReturnFocus(props);
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={overlayClasses} />
      <DialogPrimitive.Content
        data-slot="sheet"
        className={cn(
          "fixed inset-y-0 z-50 flex flex-col overflow-y-auto bg-background shadow-overlay outline-none motion-reduce:animate-none",
          sides[side],
          className,
        )}
        {...props}
        {...focus}
      >
        {children}
        {!hideClose && <OverlayClose />}
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function SheetTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return <DialogPrimitive.Title className={cn("font-semibold text-base", className)} {...props} />;
}
