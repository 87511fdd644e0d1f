"use client";

import { type ReactNode, useLayoutEffect, useState } from "react";
import { keepInPlace } from "./keep-in-place";

const widthMin = 420;
const widthMax = 720;
const widthDefault = 480;
/** Narrower windows start with the minimal width, so that the table keeps its most important columns. */
const roomyWindowPx = 1_440;
const storageKey = "posthorn.event-sheet-width";

const clamp = (width: number) => Math.round(Math.min(widthMax, Math.max(widthMin, width)));

function storedWidth(): number {
  const width = Number(window.localStorage.getItem(storageKey));
  if (width) return clamp(width);
  return window.innerWidth < roomyWindowPx ? widthMin : widthDefault;
}

/** A panel at the right edge that makes room for itself and leaves the page usable; its width is remembered. */
export function DockedPanel({ label, children }: { label: string; children: ReactNode }) {
  const [width, setWidth] = useState(storedWidth);

  useLayoutEffect(() => {
    const main = document.getElementById("main");
    if (!main) return;
    keepInPlace(() => {
      main.style.paddingRight = `${width}px`;
    });
    // The dock of long jobs is beside it.
    document.documentElement.style.setProperty("--sheet-width", `${width}px`);
    return () => {
      keepInPlace(() => {
        main.style.paddingRight = "";
      });
      document.documentElement.style.removeProperty("--sheet-width");
    };
  }, [width]);

  // Only a width that was chosen is stored: the default depends on the window, which may become another.
  const resize = (chosen: number) => {
    const next = clamp(chosen);
    setWidth(next);
    window.localStorage.setItem(storageKey, String(next));
  };

  return (
    <div
      data-event-sheet=""
      style={{ width }}
      className="fixed inset-y-0 right-0 z-20 border-border border-l bg-background"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a splitter that takes focus has no element of its own */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the event sheet"
        aria-valuenow={width}
        aria-valuemin={widthMin}
        aria-valuemax={widthMax}
        className="absolute inset-y-0 -left-1 z-20 w-2 cursor-col-resize transition-colors duration-100 hover:bg-primary/30 focus-visible:bg-primary/30"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.buttons === 1) resize(window.innerWidth - event.clientX);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") resize(width + 20);
          if (event.key === "ArrowRight") resize(width - 20);
        }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0} className="h-full overflow-y-auto outline-none">
        {children}
      </section>
    </div>
  );
}
