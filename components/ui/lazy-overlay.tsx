"use client";

import {
  type ComponentProps,
  type ComponentType,
  type Context,
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useState,
} from "react";
import { Slot } from "./slot";

type RootProps = {
  children?: ReactNode;
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
};

type Opening<Parts> = {
  /** `null` until the overlay has been opened once. */
  parts: Parts | null;
  preload: () => void;
  start: () => void;
};

type LazyOverlay<Parts> = {
  load: () => Promise<Parts>;
  Context: Context<Opening<Parts> | null>;
};

/**
 * An overlay whose code loads when it is first opened: menus and dialogs weigh as much as the page they are on,
 * and most are never opened. Pointing at the trigger or focusing it already fetches the code.
 *
 * Until then `StandInTrigger` stands in for the overlay's own, and the content renders nothing.
 */
export function lazyOverlay<Parts>(load: () => Promise<Parts>): LazyOverlay<Parts> {
  let loading: Promise<Parts> | undefined;
  return {
    Context: createContext<Opening<Parts> | null>(null),
    load() {
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
  };
}

/** The overlay's root, which keeps whether it is open: `root` is what Radix's own takes. */
export function LazyRoot<Props extends RootProps, Parts extends { Root: ComponentType<Props> }>({
  overlay,
  root,
}: {
  overlay: LazyOverlay<Parts>;
  root: Props;
}) {
  const { children, open, defaultOpen = false, onOpenChange } = root;
  const [parts, setParts] = useState<Parts | null>(null);
  const [started, setStarted] = useState(defaultOpen);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const wanted = open ?? started;

  useEffect(() => {
    if (!wanted || parts) return;
    let current = true;
    overlay.load().then(
      (loaded) => current && setParts(loaded),
      (error: unknown) => current && setFailure({ error }),
    );
    return () => {
      current = false;
    };
  }, [overlay, wanted, parts]);

  const opening = useMemo(
    () => ({
      parts,
      preload: () => void overlay.load().catch(() => undefined),
      start: () => {
        setStarted(true);
        onOpenChange?.(true);
      },
    }),
    [overlay, parts, onOpenChange],
  );
  // As React's own `lazy` has it: the page says what to do.
  if (failure) throw failure.error;
  const content = <overlay.Context value={opening}>{children}</overlay.Context>;
  if (!parts) return content;
  return (
    <parts.Root {...root} defaultOpen={started}>
      {content}
    </parts.Root>
  );
}

export function useOpening<Parts>(overlay: LazyOverlay<Parts>): Opening<Parts> {
  const opening = use(overlay.Context);
  if (!opening) throw new Error("A part of an overlay stands outside of it");
  return opening;
}

/** The overlay's parts, for what is only ever rendered inside of its content. */
export function useParts<Parts>(overlay: LazyOverlay<Parts>): Parts {
  const { parts } = useOpening(overlay);
  if (!parts) throw new Error("A part of an overlay stands outside of its content");
  return parts;
}

type StandInTriggerProps = ComponentProps<"button"> & {
  asChild?: boolean;
  opening: Pick<Opening<unknown>, "preload" | "start">;
  popup: "menu" | "dialog";
};

/** Looks and reads like the overlay's trigger, and loads the overlay when it is used. */
export function StandInTrigger({
  asChild,
  opening,
  popup,
  onClick,
  onKeyDown,
  ...props
}: StandInTriggerProps) {
  const Comp = asChild ? Slot : "button";
  return (
    <Comp
      type="button"
      aria-haspopup={popup}
      aria-expanded={false}
      data-state="closed"
      {...props}
      onPointerEnter={opening.preload}
      onFocus={opening.preload}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented) opening.start();
      }}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (popup !== "menu" || event.key !== "ArrowDown" || event.defaultPrevented) return;
        event.preventDefault();
        opening.start();
      }}
    />
  );
}
