"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Up to so many rows, all of them stand in the page. */
const allShownMax = 200;
/** Rows above and below those in sight: what a quick turn of the wheel needs until the next ones stand there. */
const overscan = 40;

/** A row, or the head of a group of rows, which has its own index as `head`. */
export type WindowItem = { id: string; head?: number };

/** An item that stands in the page. */
export type RowPart = {
  /** Of the item. */
  index: number;
  /** Height, in px, of what is left out between it and the one that stands before it. */
  before: number;
};

export type RowWindowHandle = {
  /** Makes a row that is listed stand in the page, at its place, so that it can take the focus and be scrolled to. */
  reveal: (id: string) => void;
};

/** Heights in px: what is assumed until rows have been measured. */
type Heights = { row: number; head: number };

/**
 * Which rows of a long list stand in the page: those in sight, some around them, the one in focus and the one that is
 * open, each with the head of its group. In their place the others leave room, which the caller makes. The window is what
 * scrolls; rows are all of one height, heads of another. A short list stands in the page in full.
 *
 * @param items each with an element in `list` that carries its index as `data-index`
 * @param openId the row that is open
 * @param onSeen told the indexes of the first and last item in sight; `Infinity` as the last if all stand in the page
 */
export function useRowWindow({
  items,
  assumed,
  openId,
  onSeen,
  ref,
}: {
  items: readonly WindowItem[];
  assumed: Heights;
  openId: string | null;
  onSeen: (first: number, last: number) => void;
  ref: RefObject<RowWindowHandle | null>;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [keptId, setKeptId] = useState<string | null>(null);
  const [place, setPlace] = useState({ ...assumed, top: 0 });
  const count = items.length;
  const isLong = count > allShownMax;

  const isHead = (index: number) => items[index]?.head === index;
  const kept = isLong ? [keptId, openId].map((id) => items.findIndex((item) => item.id === id)) : [];
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count,
    overscan,
    estimateSize: (index) => (isHead(index) ? place.head : place.row),
    scrollMargin: place.top,
    // Nothing is scrolled from here: the browser keeps the place by itself.
    scrollToFn: () => undefined,
    rangeExtractor: (range) => {
      // The first one is what the list's place is measured by.
      const indexes = new Set([0, ...kept.filter((index) => index !== -1), ...defaultRangeExtractor(range)]);
      for (const index of [...indexes]) indexes.add(items[index]?.head ?? index);
      return [...indexes].toSorted((a, b) => a - b);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes depend on them
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, items, place.head, place.row]);

  useLayoutEffect(() => {
    const box = list.current;
    if (!isLong || !box) return;
    const look = () => setPlace((before) => measure(box, items, before));
    look();
    // What stands above the list changes the body's height; zooming that of the rows.
    const observer = new ResizeObserver(look);
    observer.observe(box);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [isLong, items]);

  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    // The row in focus stays in the page, wherever that is scrolled to.
    const keep = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
      if (row) setKeptId(items[Number(row.dataset.index)]?.id ?? null);
    };
    box.addEventListener("focusin", keep);
    return () => box.removeEventListener("focusin", keep);
  }, [items]);

  const parts: RowPart[] = [];
  let end = place.top;
  if (isLong) {
    for (const item of virtualizer.getVirtualItems()) {
      parts.push({ index: item.index, before: Math.max(0, item.start - end) });
      end = item.end;
    }
  } else {
    for (let index = 0; index < count; index += 1) parts.push({ index, before: 0 });
  }

  const [first, last] = isLong
    ? [virtualizer.range?.startIndex ?? 0, virtualizer.range?.endIndex ?? 0]
    : [0, Number.POSITIVE_INFINITY];
  useLayoutEffect(() => onSeen(first, last), [onSeen, first, last]);

  useImperativeHandle(ref, () => ({ reveal: (id) => flushSync(() => setKeptId(id)) }), []);

  return {
    list,
    parts,
    /** Height, in px, of what is left out below the last part. */
    after: isLong ? Math.max(0, place.top + virtualizer.getTotalSize() - end) : 0,
  };
}

type Place = Heights & { top: number };

/** Heights as they are on the page, and where the list begins; the same object if nothing has changed. */
function measure(box: HTMLElement, items: readonly WindowItem[], before: Place): Place {
  const tops = [...box.querySelectorAll<HTMLElement>("[data-index]")].map((element) => ({
    index: Number(element.dataset.index),
    top: element.getBoundingClientRect().top,
  }));
  const heights = { row: [] as number[], head: [] as number[] };
  for (const [at, { index, top }] of tops.entries()) {
    const next = tops[at + 1];
    // Between two heads of a group a border may be missing.
    if (next?.index !== index + 1 || items[next.index]?.head === next.index) continue;
    heights[items[index]?.head === index ? "head" : "row"].push(next.top - top);
  }
  const mean = (some: number[], otherwise: number) =>
    some.length === 0 ? otherwise : some.reduce((sum, height) => sum + height, 0) / some.length;
  const place = {
    row: mean(heights.row, before.row),
    head: mean(heights.head, before.head),
    top: tops[0] === undefined ? before.top : tops[0].top + window.scrollY,
  };
  const isSame = (["row", "head", "top"] as const).every((key) => Math.abs(place[key] - before[key]) < 0.01);
  return isSame ? before : place;
}
