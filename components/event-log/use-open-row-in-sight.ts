"use client";

import { useEffect } from "react";
import { rowButtonId } from "./log-rows";

/**
 * Scrolls to the row whose sheet is opened, whatever opened it: a link, the sheet's own buttons, or Forward.
 *
 * @param isRead whether the rows are there
 */
export function useOpenRowInSight(openId: string | null, isRead: boolean): void {
  useEffect(() => {
    if (openId === null || !isRead) return;
    // In a long log it stands in the page only once the log is drawn again.
    const frame = requestAnimationFrame(() =>
      document.getElementById(rowButtonId(openId))?.scrollIntoView({ block: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [openId, isRead]);
}
