"use client";

import { useEffect } from "react";
import { rowButtonId } from "./log-rows";

/**
 * Scrolls to the row whose sheet is opened, by a link, the sheet's own buttons, or Forward.
 *
 * @param isListed whether it is among the rows that have been read
 */
export function useOpenRowInSight(openId: string | null, isListed: boolean): void {
  useEffect(() => {
    if (openId === null || !isListed) return;
    let frame = 0;
    const look = () => {
      const row = document.getElementById(rowButtonId(openId));
      // In a long log it is only rendered with the next rendering of the log.
      if (!row) frame = requestAnimationFrame(look);
      else row.scrollIntoView({ block: isFar(row) ? "center" : "nearest" });
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [openId, isListed]);
}

/** Further out of sight than the next row or two. */
function isFar(row: HTMLElement): boolean {
  const { top, bottom, height } = row.getBoundingClientRect();
  const near = 3 * height;
  return bottom < -near || top > window.innerHeight + near;
}
