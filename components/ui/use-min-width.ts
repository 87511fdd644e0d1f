"use client";

import { createContext, use, useCallback, useSyncExternalStore } from "react";

/** The assumed width of the window on the server and while hydrating, in px. */
export const AssumedWidth = createContext(1_440);

/** Whether the window is at least this many px wide. */
export function useMinWidth(px: number): boolean {
  const assumed = use(AssumedWidth);
  const query = `(min-width: ${px}px)`;
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => assumed >= px,
  );
}
