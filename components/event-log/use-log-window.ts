"use client";

import { useCallback } from "react";
import { useRowWindow } from "@/components/ui/use-row-window";
import { type RowsProps, shownDays } from "./log-rows";

/** The rendered part of the log, by day; see `useRowWindow`. */
export function useLogWindow(
  { items, openId, onSeen, ref }: Pick<RowsProps, "items" | "openId" | "onSeen" | "ref">,
  assumed: { row: number; head: number },
) {
  const seen = useCallback(
    (first: number, last: number) => onSeen(items[first]?.above ?? 0, items[last]?.above ?? last),
    [items, onSeen],
  );
  const { parts, ...window } = useRowWindow({ items, assumed, openId, onSeen: seen, ref });
  return { ...window, days: shownDays(items, parts) };
}
