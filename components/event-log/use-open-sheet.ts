"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useRef } from "react";
import { holdPlace } from "./sheet/keep-in-place";

/**
 * The delivery, or other object named by the parameter, whose sheet is open, in the address. Opening adds an entry to
 * the history, so that Back closes the sheet; closing goes back over that entry, so that the next Back leaves the
 * log. A sheet opened by a link has no entry of its own: closing it only changes the address.
 */
export function useOpenSheet(
  param: "delivery" | "event" = "delivery",
): [openId: string | null, open: (id: string | null) => void] {
  const [openId, setOpenId] = useQueryState(param, parseAsString);
  const goingBack = useRef(false);

  async function open(id: string): Promise<void> {
    const ownEntry = openId === null || isMarked();
    await setOpenId(id, { history: openId === null ? "push" : "replace" });
    if (ownEntry) window.history.replaceState({ ...window.history.state, [mark]: true }, "");
  }

  function close(): void {
    // A key that is held down must not go back twice.
    if (goingBack.current) return;
    if (!isMarked()) {
      void setOpenId(null, { history: "replace" });
      return;
    }
    goingBack.current = true;
    const row = document.querySelector("#main [data-index]:has([aria-expanded=true])");
    const { scrollX, scrollY } = window;
    const restore = row && holdPlace(row);
    const arrived = () => {
      goingBack.current = false;
      // The browser now scrolls to where the log was when the sheet was opened.
      requestAnimationFrame(() => {
        if (row?.isConnected) restore?.();
        else window.scrollTo(scrollX, scrollY);
      });
    };
    window.addEventListener("popstate", arrived, { once: true });
    window.history.back();
  }

  return [openId, (id) => (id === null ? close() : void open(id))];
}

/** In the state of a history entry: it was added over the log's own by opening the sheet. */
const mark = "posthornSheet";

function isMarked(): boolean {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null && mark in state;
}
