"use client";

import { useRef } from "react";

type FocusHandlers = {
  onOpenAutoFocus?: (event: Event) => void;
  onCloseAutoFocus?: (event: Event) => void;
};

/**
 * Returns the focus to the previously focused element when a modal overlay closes. Radix only knows the overlay's own
 * trigger; ours are mostly opened by other buttons, or from a menu whose item is gone by then.
 */
export function useReturnFocus({
  onOpenAutoFocus,
  onCloseAutoFocus,
}: FocusHandlers): Required<FocusHandlers> {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus(event) {
      before.current = focusedOrMenuTrigger();
      onOpenAutoFocus?.(event);
    },
    onCloseAutoFocus(event) {
      onCloseAutoFocus?.(event);
      if (event.defaultPrevented || !before.current?.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}

function focusedOrMenuTrigger(): HTMLElement | null {
  const focused = document.activeElement;
  const triggerId = focused?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  if (triggerId) return document.getElementById(triggerId);
  return focused instanceof HTMLElement && focused !== document.body ? focused : null;
}
