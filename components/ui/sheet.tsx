"use client";

import { X } from "lucide-react";
import type * as DialogParts from "radix-ui/dialog";
import type { ComponentProps } from "react";
import { buttonVariants } from "./button";
import { cn } from "./cn";
import { LazyRoot, lazyOverlay, StandInTrigger, useOpening, useParts } from "./lazy-overlay";
import { overlayClasses } from "./overlay-classes";
import { useReturnFocus } from "./use-return-focus";

const sheet = lazyOverlay<typeof DialogParts>(() => import("radix-ui/dialog"));

export function Sheet(props: ComponentProps<typeof DialogParts.Root>) {
  return <LazyRoot overlay={sheet} root={props} />;
}

export function SheetTrigger(props: ComponentProps<typeof DialogParts.Trigger>) {
  const opening = useOpening(sheet);
  if (opening.parts) return <opening.parts.Trigger {...props} />;
  return <StandInTrigger popup="dialog" opening={opening} {...props} />;
}

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
}: ComponentProps<typeof DialogParts.Content> & {
  side?: keyof typeof sides;
  /** For a sheet that is left in another way. */
  hideClose?: boolean;
}) {
  const focus = useReturnFocus(props);
  const { parts } = useOpening(sheet);
  if (!parts) return null;
  return (
    <parts.Portal>
      <parts.Overlay className={overlayClasses} />
      <parts.Content
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
        {!hideClose && (
          <parts.Close
            className={cn(
              buttonVariants({ variant: "ghost", size: "icon-sm" }),
              "absolute top-3 right-3 text-muted-foreground",
            )}
          >
            <X aria-hidden="true" />
            <span className="sr-only">Close</span>
          </parts.Close>
        )}
      </parts.Content>
    </parts.Portal>
  );
}

export function SheetTitle({ className, ...props }: ComponentProps<typeof DialogParts.Title>) {
  const { Title } = useParts(sheet);
  return <Title className={cn("font-semibold text-base", className)} {...props} />;
}
