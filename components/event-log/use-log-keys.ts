"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";
import { isKeyTaken } from "@/components/ui/is-key-taken";
import { rowButtonId, rowIdOf } from "./log-rows";
import type { Selection } from "./use-selection";

/**
 * Keys of the event log: `/` search, `J` and `K` move (and change an open sheet), `Enter` opens the focused row, `R`
 * sends again, `X` selects (with Shift all from the previously selected one), `Esc` closes the sheet, then clears the
 * selection.
 */
export function useLogKeys(log: {
  ids: readonly string[];
  openId: string | null;
  onOpen: (id: string | null) => void;
  /** Omitted if nothing can be retried. */
  onRetry?: (id: string) => void;
  /** Omitted if nothing can be selected. */
  selection?: Pick<Selection, "ids" | "toggle" | "clear"> | undefined;
  search: RefObject<HTMLInputElement | null>;
  /** Renders a row, if not all are rendered. */
  reveal?: (id: string) => void;
}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isKeyTaken(event)) return;
    const current = log.openId ?? rowIdOf(document.activeElement);
    const move = (by: 1 | -1) => {
      const at = current === undefined ? -1 : log.ids.indexOf(current);
      const next = log.ids[at === -1 ? 0 : at + by];
      if (next === undefined) return;
      log.reveal?.(next);
      const button = document.getElementById(rowButtonId(next));
      button?.scrollIntoView({ block: "nearest" });
      if (log.openId !== null) log.onOpen(next);
      if (document.querySelector("[data-event-sheet][role=dialog]") === null) button?.focus();
    };
    switch (event.key.toLowerCase()) {
      case "j":
        move(1);
        break;
      case "k":
        move(-1);
        break;
      case "r":
        if (current === undefined || !log.onRetry) return;
        log.onRetry(current);
        break;
      case "x":
        if (current === undefined || !log.selection) return;
        log.selection.toggle(current, event.shiftKey);
        break;
      case "/":
        log.search.current?.focus();
        break;
      case "escape":
        if (log.openId !== null) log.onOpen(null);
        else if (log.selection && log.selection.ids.size > 0) log.selection.clear();
        else return;
        break;
      default:
        return;
    }
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
