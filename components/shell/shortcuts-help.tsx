"use client";

import dynamic from "next/dynamic";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { isKeyTaken } from "@/components/ui/is-key-taken";

const ShortcutsDialog = dynamic(async () => (await import("./shortcuts-dialog")).ShortcutsDialog, {
  ssr: false,
});

const ShowShortcuts = createContext<(() => void) | null>(null);

/** Shows the keyboard shortcuts at `?`, and to components inside of it that call `useShowShortcuts`. */
export function ShortcutsHelp({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "?" || isKeyTaken(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <ShowShortcuts value={() => setOpen(true)}>
      {children}
      {open && <ShortcutsDialog onClose={() => setOpen(false)} />}
    </ShowShortcuts>
  );
}

export function useShowShortcuts(): () => void {
  const show = use(ShowShortcuts);
  if (!show) throw new Error("useShowShortcuts is used outside of ShortcutsHelp");
  return show;
}
