"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";

const changed = "posthorn:live";

/**
 * Whether a user wants to be told of new rows while reading a log: by default yes. It is stored in the browser, per
 * user, and shared by all logs and tabs.
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
