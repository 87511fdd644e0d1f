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
    document.getElementById(rowButtonId(openId))?.scrollIntoView({ block: "nearest" });
  }, [openId, isRead]);
}
