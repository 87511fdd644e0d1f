"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";
import { isKeyTaken } from "@/components/ui/is-key-taken";
import { rowButtonId } from "./log-rows";

/**
 * Keys of the event log: `/` search, `J` and `K` move (and change an open sheet), `Enter` opens the row in focus by
 * itself, `R` retries, `Esc` closes the sheet.
 */
export function useLogKeys(log: {
  ids: readonly string[];
  openId: string | null;
  onOpen: (id: string | null) => void;
  /** Left out if nothing can be retried. */
  onRetry?: (id: string) => void;
  search: RefObject<HTMLInputElement | null>;
}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isKeyTaken(event)) return;
    const focused = log.ids.find((id) => document.activeElement?.id === rowButtonId(id));
    const current = log.openId ?? focused;
    const move = (by: 1 | -1) => {
      const at = current === undefined ? -1 : log.ids.indexOf(current);
      const next = log.ids[at === -1 ? 0 : at + by];
      if (next === undefined) return;
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
      case "/":
        log.search.current?.focus();
        break;
      case "escape":
        if (log.openId === null) return;
        log.onOpen(null);
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
