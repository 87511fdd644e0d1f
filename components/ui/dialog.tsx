"use client";

import { X } from "lucide-react";
import type * as DialogParts from "radix-ui/dialog";
import type { ComponentProps } from "react";
import { buttonVariants } from "./button";
import { cn } from "./cn";
import { LazyRoot, lazyOverlay, useOpening, useParts } from "./lazy-overlay";
import { dialogContentClasses, overlayClasses } from "./overlay-classes";
import { useReturnFocus } from "./use-return-focus";

const dialog = lazyOverlay<typeof DialogParts>(() => import("radix-ui/dialog"));

export { DialogFooter } from "./dialog-footer";
export function Dialog(props: ComponentProps<typeof DialogParts.Root>) {
  return <LazyRoot overlay={dialog} root={props} />;
}

export function DialogContent({ className, children, ...props }: ComponentProps<typeof DialogParts.Content>) {
  const focus = useReturnFocus(props);
  const { parts } = useOpening(dialog);
  if (!parts) return null;
  return (
    <parts.Portal>
      <parts.Overlay className={overlayClasses} />
      <parts.Content data-slot="dialog" className={cn(dialogContentClasses, className)} {...props} {...focus}>
        {children}
        <parts.Close
          className={cn(
            buttonVariants({ variant: "ghost", size: "icon-sm" }),
            "absolute top-3 right-3 text-muted-foreground",
          )}
        >
          <X aria-hidden="true" />
          <span className="sr-only">Close</span>
        </parts.Close>
      </parts.Content>
    </parts.Portal>
  );
}

export function DialogHeader({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("grid gap-1 px-5 pt-4 pr-12 pb-4", className)} {...props} />;
}

export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("grid grid-cols-1 gap-4 px-5 pb-5", className)} {...props} />;
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof DialogParts.Title>) {
  const { Title } = useParts(dialog);
  return <Title className={cn("font-semibold text-base", className)} {...props} />;
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof DialogParts.Description>) {
  const { Description } = useParts(dialog);
  return <Description className={cn("text-muted-foreground text-sm", className)} {...props} />;
}
