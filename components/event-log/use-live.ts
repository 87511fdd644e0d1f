"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";

const changed = "posthorn:live";

/**
 * Whether a person wants to hear of new rows while reading a log: at first yes. It is remembered in the browser, for each
 * person who uses it, and is the same in all logs and tabs.
 */
export function useLive(): [live: boolean, setLive: (live: boolean) => void] {
  const { userId } = useWorkspace();
  const key = `posthorn.live.${userId}`;
  const subscribe = useCallback((listener: () => void) => {
    window.addEventListener("storage", listener);
    window.addEventListener(changed, listener);
    return () => {
      window.removeEventListener("storage", listener);
      window.removeEventListener(changed, listener);
    };
  }, []);
  const live = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(key) !== "off",
    () => true,
  );
  const setLive = (next: boolean) => {
    if (next) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, "off");
    // `storage` is not sent to the window that changed it.
    window.dispatchEvent(new Event(changed));
  };
  return [live, setLive];
}
