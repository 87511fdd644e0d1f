"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef } from "react";
import type { MeterProps, RowPart } from "./use-row-window";

/** Rows above and below the visible ones: enough for a quick turn of the wheel until the next ones are rendered. */
const overscan = 20;
/** This many rows are added and removed together: more would not fit in a frame, fewer would change every frame. */
const step = 4;

/**
 * Follows the scroll position and says which rows to render. It renders nothing itself, and is loaded with the first
 * long list.
 */
export function RowMeter({ items, place, keptIds, onSeen, onWindow }: MeterProps) {
  const told = useRef("");
  const isHead = (index: number) => items[index]?.head === index;
  const [firstId, secondId] = keptIds;
  const kept = useMemo(
    () =>
      [firstId, secondId]
        .map((id) => (id ? items.findIndex((item) => item.id === id) : -1))
        .filter((index) => index !== -1),
    [items, firstId, secondId],
  );
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: items.length,
    estimateSize: (index) => (isHead(index) ? place.head : place.row),
    scrollMargin: place.top,
    // Nothing is scrolled from here: the browser keeps the position by itself.
    scrollToFn: () => undefined,
    rangeExtractor: ({ startIndex, endIndex, count }) => {
      // The list's position is measured by the first row.
      const indexes = new Set([0, ...kept]);
      const first = Math.max(0, Math.floor((startIndex - overscan) / step) * step);
      // Of a fixed length, so that both ends change together. Headings are lower than rows, so more fit.
      const length = Math.ceil((window.innerHeight / place.row + 2 * overscan) / step) * step;
      const end = Math.min(count, Math.max(first + length, endIndex + 1));
      for (let index = first; index < end; index += 1) indexes.add(index);
      for (const index of [...indexes]) indexes.add(items[index]?.head ?? index);
      return [...indexes].toSorted((a, b) => a - b);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes depend on them
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, items, place.head, place.row]);

  useLayoutEffect(() => {
    const standing = virtualizer.getVirtualItems();
    if (standing.length === 0 || !virtualizer.range) return;
    const parts: RowPart[] = [];
    let end = place.top;
    for (const item of standing) {
      parts.push({ index: item.index, before: Math.max(0, item.start - end) });
      end = item.end;
    }
    onSeen(virtualizer.range.startIndex, virtualizer.range.endIndex);
    const window = { parts, after: Math.max(0, place.top + virtualizer.getTotalSize() - end) };
    const text = JSON.stringify(window);
    if (text === told.current) return;
    told.current = text;
    onWindow(window);
  });
  return null;
}
