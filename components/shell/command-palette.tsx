"use client";

import { Search } from "lucide-react";
import { type ComponentType, createContext, type ReactNode, use, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useNow } from "@/components/ui/use-now";

export type PaletteComponent = ComponentType<{ onClose: () => void }>;

const OpenPalette = createContext<(() => void) | null>(null);

const isMac = () => /Mac|iPhone|iPad/.test(window.navigator.platform);

/** Opens the command palette at ⌘K or Ctrl K, and for the buttons inside of it. */
export function CommandPalette({
  Palette,
  children,
}: {
  /** The opened palette, which loads by then. */
  Palette: PaletteComponent;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const held = isMac() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (event.key.toLowerCase() !== "k" || !held || event.altKey || event.shiftKey) return;
      // The browser's own action for these keys is never wanted here.
      event.preventDefault();
      const others = "[role=menu], [role=alertdialog], [role=dialog]:not([data-event-sheet])";
      if (!document.querySelector(others)) setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <OpenPalette value={() => setOpen(true)}>
      {children}
      {open && <Palette onClose={() => setOpen(false)} />}
    </OpenPalette>
  );
}

function useOpenPalette(): () => void {
  const open = use(OpenPalette);
  if (!open) throw new Error("useOpenPalette is used outside of CommandPalette");
  return open;
}

/** The button of the sidebar. */
export function PaletteButton({ onOpen }: { onOpen?: () => void }) {
  const open = useOpenPalette();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => {
        onOpen?.();
        open();
      }}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-border bg-background px-2 text-muted-foreground text-sm transition-colors duration-100 hover:border-border-strong hover:text-foreground"
    >
      <Search aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 text-left">Search</span>
      <PaletteKeys />
    </button>
  );
}

/** The same for the header of a narrow screen. */
export function PaletteIconButton() {
  const open = useOpenPalette();
  return (
    <Button variant="ghost" size="icon" aria-label="Search" aria-haspopup="dialog" onClick={open}>
      <Search aria-hidden="true" />
    </Button>
  );
}

/** `⌘K` or `Ctrl K`; nothing until the platform is known. */
export function PaletteKeys() {
  const known = useNow(60_000) !== null;
  if (!known) return null;
  return (
    <Kbd aria-hidden="true" className="whitespace-nowrap">
      {isMac() ? "⌘K" : "Ctrl K"}
    </Kbd>
  );
}
