"use client";

import {
  type ComponentProps,
  createContext,
  type ReactNode,
  use,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { cn } from "./cn";
import { placeTooltip } from "./place-tooltip";
import { Slot } from "./slot";

const openDelayMs = 300;
/** Time to move the pointer from the trigger onto the tooltip, which may be pointed at (WCAG 1.4.13). */
const closeDelayMs = 120;

type TooltipState = {
  id: string;
  /** What the tooltip is about, while it is open. */
  anchor: HTMLElement | null;
  show: (anchor: HTMLElement, delayMs: number) => void;
  hide: (delayMs: number) => void;
};

const TooltipContext = createContext<TooltipState | null>(null);

function useTooltip(): TooltipState {
  const state = use(TooltipContext);
  if (!state) throw new Error("A part of a tooltip stands outside of it");
  return state;
}

/**
 * Says more on hover and on focus. Our own, since a log has a hundred of them: Radix's brings a positioning
 * engine to every page.
 */
export function Tooltip({
  open,
  children,
}: {
  /** Where given, decides; the trigger must still be pointed at or focused. */
  open?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [pointed, setPointed] = useState<HTMLElement | null>(null);
  const anchor = open === false ? null : pointed;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (next: HTMLElement | null, delayMs: number) => {
    clearTimeout(timer.current);
    if (delayMs === 0 || open !== undefined) setPointed(next);
    else timer.current = setTimeout(() => setPointed(next), delayMs);
  };
  return (
    <TooltipContext value={{ id, anchor, show: later, hide: (delayMs) => later(null, delayMs) }}>
      {children}
    </TooltipContext>
  );
}

export function TooltipTrigger({ asChild, ...props }: ComponentProps<"button"> & { asChild?: boolean }) {
  const { id, anchor, show, hide } = useTooltip();
  const Comp = asChild ? Slot : "button";
  return (
    <Comp
      {...(!asChild && { type: "button" })}
      aria-describedby={anchor ? id : undefined}
      {...props}
      onPointerEnter={(event) => event.pointerType !== "touch" && show(event.currentTarget, openDelayMs)}
      onPointerLeave={() => hide(closeDelayMs)}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && show(event.currentTarget, 0)}
      onBlur={() => hide(0)}
    />
  );
}

export function TooltipContent({ className, ...props }: ComponentProps<"div">) {
  const { anchor } = useTooltip();
  if (!anchor) return null;
  return createPortal(<OpenTooltip anchor={anchor} className={className} {...props} />, document.body);
}

function OpenTooltip({ anchor, className, ...props }: ComponentProps<"div"> & { anchor: HTMLElement }) {
  const { id, show, hide } = useTooltip();
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (box.current) placeTooltip(box.current, anchor);
  });
  useEffect(() => {
    const close = () => hide(0);
    const closeOnEscape = (event: KeyboardEvent) => event.key === "Escape" && close();
    window.addEventListener("scroll", close, { capture: true, passive: true });
    window.addEventListener("keydown", closeOnEscape);
    return () => {
      window.removeEventListener("scroll", close, { capture: true });
      window.removeEventListener("keydown", closeOnEscape);
    };
  }, [hide]);

  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      data-slot="tooltip"
      onPointerEnter={() => show(anchor, 0)}
      onPointerLeave={() => hide(closeDelayMs)}
      className={cn(
        "pointer-events-auto fixed top-0 left-0 z-50 w-max max-w-80 animate-fade-in break-words rounded-md bg-foreground px-2 py-1 text-background text-xs motion-reduce:animate-none",
        className,
      )}
      {...props}
    />
  );
}
