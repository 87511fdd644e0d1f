"use client";

import { createContext, lazy, type ReactNode, Suspense, use, useEffect, useState } from "react";
import { isKeyTaken } from "@/components/ui/is-key-taken";

const ShortcutsDialog = lazy(async () => ({ default: (await import("./shortcuts-dialog")).ShortcutsDialog }));

const ShowShortcuts = createContext<(() => void) | null>(null);

/** Shows the keyboard shortcuts at `?`, and to whatever inside of it asks by `useShowShortcuts`. */
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
      {open && (
        <Suspense>
          <ShortcutsDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </ShowShortcuts>
  );
}

export function useShowShortcuts(): () => void {
  const show = use(ShowShortcuts);
  if (!show) throw new Error("useShowShortcuts is used outside of ShortcutsHelp");
  return show;
}
