"use client";

import * as TooltipPrimitive from "radix-ui/tooltip";
import { type ReactNode, type Ref, useEffect, useImperativeHandle } from "react";

type TooltipContentProps = {
  id: string;
  /** The element that it describes. */
  trigger: HTMLElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
};

/** Closes once neither the trigger nor the tooltip is hovered, on Escape, and when the page scrolls. */
export function TooltipContent({ id, trigger, open, onOpenChange, children }: TooltipContentProps) {
  // The pointer may have left while this was loading.
  useEffect(() => {
    if (!trigger.matches(":hover, :focus-visible")) onOpenChange(false);
  }, [trigger, onOpenChange]);
  return (
    <TooltipPrimitive.Provider>
      <TooltipPrimitive.Root open={open} onOpenChange={onOpenChange}>
        <TooltipPrimitive.Trigger asChild>
          <Rendered element={trigger} />
        </TooltipPrimitive.Trigger>
        <TooltipPrimitive.Portal>
          <TooltipPrimitive.Content
            id={id}
            data-slot="tooltip"
            sideOffset={4}
            collisionPadding={8}
            // A copy button's tooltip says that it has copied.
            onPointerDownOutside={(event) => {
              if (event.target instanceof Node && trigger.contains(event.target)) event.preventDefault();
            }}
            className="pointer-events-auto z-50 w-max max-w-80 animate-fade-in break-words rounded-md bg-foreground px-2 py-1 text-background text-xs motion-reduce:animate-none"
          >
            {children}
          </TooltipPrimitive.Content>
        </TooltipPrimitive.Portal>
      </TooltipPrimitive.Root>
    </TooltipPrimitive.Provider>
  );
}

/** Makes an element that is already on the page the trigger: rendered again by Radix, it would lose its focus. */
function Rendered({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element]);
  return null;
}
