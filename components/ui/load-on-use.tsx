"use client";

import { Slot } from "radix-ui/slot";
import { type ReactElement, type ReactNode, Suspense, useState } from "react";

/**
 * An overlay and its button, of which only the button is loaded until it is used: most are never opened. Hovering or
 * focusing the button already fetches the rest. If the server is away, the overlay stays closed, and the page as it is.
 *
 * @param button looks the same before and after
 * @param load fetches the code of `children`
 * @param children the overlay around the same button, initially open
 */
export function LoadOnUse({
  popup,
  button,
  load,
  children,
}: {
  popup: "menu" | "dialog";
  button: ReactElement;
  load: () => Promise<unknown>;
  children: ReactNode;
}) {
  const [used, setUsed] = useState(false);
  if (used) return <Suspense fallback={button}>{children}</Suspense>;
  const preload = () => void load().catch(() => undefined);
  const open = async () => {
    try {
      await load();
      setUsed(true);
    } catch {
      // It was updated since: the page's error says so, and offers to reload. A toast's code may be missing, too.
      if (await isReachable()) setUsed(true);
    }
  };
  return (
    <Slot
      aria-haspopup={popup}
      aria-expanded={false}
      data-state="closed"
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => void open()}
      onKeyDown={(event) => {
        if (popup !== "menu" || event.key !== "ArrowDown") return;
        event.preventDefault();
        void open();
      }}
    >
      {button}
    </Slot>
  );
}

/** Whether the server answers at all. */
const isReachable = () =>
  fetch(window.location.href, { method: "HEAD" }).then(
    () => true,
    () => false,
  );
