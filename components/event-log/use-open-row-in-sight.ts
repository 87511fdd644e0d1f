"use client";

import { useEffect } from "react";
import { rowButtonId } from "./log-rows";

/**
 * Scrolls to the row whose sheet is opened, by a link, the sheet's own buttons, or Forward.
 *
 * @param isRead whether the rows have been read
 */
export function useOpenRowInSight(openId: string | null, isRead: boolean): void {
  useEffect(() => {
    if (openId === null || !isRead) return;
    // In a long log it is only rendered with the next rendering of the log.
    const frame = requestAnimationFrame(() =>
      document.getElementById(rowButtonId(openId))?.scrollIntoView({ block: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [openId, isRead]);
}
