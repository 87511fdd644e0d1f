"use client";

import dynamic from "next/dynamic";
import { Slot } from "radix-ui/slot";
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";

/**
 * Radix's tooltip is as large as the rest of a page, so it loads with the first one. If it cannot be loaded, the page
 * still works.
 */
const TooltipContent = dynamic(
  () =>
    import("./tooltip-content").then(
      (loaded) => loaded.TooltipContent,
      () => () => null,
    ),
  { ssr: false },
);

/**
 * Describes its one child on hover and on keyboard focus.
 *
 * @param content the text; without it there is no tooltip
 * @param delayMs how long the pointer has to rest on the child
 */
export function Tooltip({
  content,
  delayMs = 300,
  children,
}: {
  content: ReactNode;
  delayMs?: number;
  children: ReactElement;
}) {
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <>
      <Slot
        aria-describedby={open && content ? id : undefined}
        onPointerEnter={(event) => {
          if (event.pointerType === "touch") return;
          setTrigger(event.currentTarget);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => setOpen(true), delayMs);
        }}
        onPointerLeave={() => clearTimeout(timer.current)}
        onFocus={(event) => {
          if (!event.currentTarget.matches(":focus-visible")) return;
          setTrigger(event.currentTarget);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
      >
        {children}
      </Slot>
      {trigger && content && (
        <TooltipContent id={id} trigger={trigger} open={open} onOpenChange={setOpen}>
          {content}
        </TooltipContent>
      )}
    </>
  );
}
