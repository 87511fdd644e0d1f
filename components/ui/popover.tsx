"use client";

import type * as PopoverParts from "radix-ui/popover";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { LazyRoot, lazyOverlay, StandInTrigger, useOpening } from "./lazy-overlay";

const popover = lazyOverlay<typeof PopoverParts>(() => import("radix-ui/popover"));

export function Popover(props: ComponentProps<typeof PopoverParts.Root>) {
  return <LazyRoot overlay={popover} root={props} />;
}

export function PopoverTrigger(props: ComponentProps<typeof PopoverParts.Trigger>) {
  const opening = useOpening(popover);
  if (opening.parts) return <opening.parts.Trigger {...props} />;
  return <StandInTrigger popup="dialog" opening={opening} {...props} />;
}

/** Give it an `aria-label` or `aria-labelledby`: it is a dialog to a screen reader. */
export function PopoverContent({
  className,
  sideOffset = 4,
  align = "start",
  ...props
}: ComponentProps<typeof PopoverParts.Content>) {
  const { parts } = useOpening(popover);
  if (!parts) return null;
  return (
    <parts.Portal>
      <parts.Content
        data-slot="popover"
        sideOffset={sideOffset}
        align={align}
        collisionPadding={8}
        className={cn(
          "z-50 max-h-(--radix-popover-content-available-height) w-72 overflow-y-auto rounded-lg bg-popover p-3 text-sm shadow-overlay outline-none data-[state=open]:animate-pop-in motion-reduce:animate-none",
          className,
        )}
        {...props}
      />
    </parts.Portal>
  );
}
