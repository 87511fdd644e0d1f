"use client";

import dynamic from "next/dynamic";
import { type RefObject, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Lists up to this many rows are rendered in full. */
const allShownMax = 200;

/** A row, or the heading of a group of rows, which has its own index as `head`. */
export type WindowItem = { id: string; head?: number };

/** A rendered item. */
export type RowPart = {
  /** The item's index. */
  index: number;
  /** Height, in px, of the omitted items between it and the rendered one before it. */
  before: number;
};

/** The rendered items, and the height, in px, of the omitted ones below. */
type RowWindow = { parts: RowPart[]; after: number };

export type RowWindowHandle = {
  /** Renders a listed row at its place, so that it can be focused and scrolled to. */
  reveal: (id: string) => void;
};

/** Heights in px: assumed until rows have been measured. */
type Heights = { row: number; head: number };
/** Also the start of the list, in px from the top of the page. */
type Place = Heights & { top: number };

export type MeterProps = {
  items: readonly WindowItem[];
  place: Place;
  /** Items that are rendered wherever the page is scrolled to. */
  keptIds: readonly [string | null, string | null];
  /** Called with the indexes of the first and last visible item. */
  onSeen: (first: number, last: number) => void;
  /** Called during layout if the window has changed; `null` to render everything. */
  onWindow: (window: RowWindow | null) => void;
};

/** The library that measures is large, and few lists are long. If it cannot be loaded, the list is rendered in full. */
const RowMeter = dynamic<MeterProps>(
  () =>
    import("./row-meter").then(
      (loaded) => loaded.RowMeter,
      () => NoMeter,
    ),
  { ssr: false },
);

function NoMeter({ onWindow }: MeterProps) {
  useLayoutEffect(() => onWindow(null), [onWindow]);
  return null;
}

/**
 * Which rows of a long list are rendered: the visible ones, some around them, the focused one and the open one, each
 * with the heading of its group. The caller renders space for the others. The window scrolls; rows all have one
 * height, headings another. A short list is rendered in full.
 *
 * @param items each with an element in `list` that has its index as `data-index`
 * @param openId the row that is open
 * @param onSeen called with the indexes of the first and last visible item; `Infinity` as the last if everything is
 *   rendered
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
  const [place, setPlace] = useState<Place>({ ...assumed, top: 0 });
  const [told, setTold] = useState<RowWindow | null>();
  const isLong = items.length > allShownMax;
  // Until the first window is known, the beginning is rendered.
  const window = !isLong || told === null ? everything(items) : (told ?? beginning(items, place));

  useLayoutEffect(() => {
    if (!isLong) onSeen(0, Number.POSITIVE_INFINITY);
  }, [isLong, onSeen]);

  useLayoutEffect(() => {
    const box = list.current;
    if (!isLong || !box) return;
    const look = () => setPlace((before) => measure(box, items, before));
    look();
    // Content above the list changes the body's height; zooming changes that of the rows.
    const observer = new ResizeObserver(look);
    observer.observe(box);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [isLong, items]);

  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    // The focused row stays rendered, wherever the page is scrolled to.
    const keep = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
      if (row) setKeptId(items[Number(row.dataset.index)]?.id ?? null);
    };
    box.addEventListener("focusin", keep);
    return () => box.removeEventListener("focusin", keep);
  }, [items]);

  useImperativeHandle(ref, () => ({ reveal: (id) => flushSync(() => setKeptId(id)) }), []);

  return {
    list,
    parts: window.parts,
    /** Height, in px, of the omitted items below the last part. */
    after: window.after,
    /** To be rendered by the caller, anywhere; it takes no space. */
    meter: isLong && (
      <RowMeter items={items} place={place} keptIds={[keptId, openId]} onSeen={onSeen} onWindow={setTold} />
    ),
  };
}

const partsOf = (count: number): RowPart[] =>
  Array.from({ length: count }, (_, index) => ({ index, before: 0 }));

const everything = (items: readonly WindowItem[]): RowWindow => ({
  parts: partsOf(items.length),
  after: 0,
});

const beginning = (items: readonly WindowItem[], { row }: Heights): RowWindow => ({
  parts: partsOf(allShownMax),
  after: (items.length - allShownMax) * row,
});

/** The present heights and the start of the list; the same object if nothing has changed. */
function measure(box: HTMLElement, items: readonly WindowItem[], before: Place): Place {
  const tops = [...box.querySelectorAll<HTMLElement>("[data-index]")].map((element) => ({
    index: Number(element.dataset.index),
    top: element.getBoundingClientRect().top,
  }));
  const heights = { row: [] as number[], head: [] as number[] };
  for (const [at, { index, top }] of tops.entries()) {
    const next = tops[at + 1];
    // Between two headings a border may be missing.
    if (next?.index !== index + 1 || items[next.index]?.head === next.index) continue;
    heights[items[index]?.head === index ? "head" : "row"].push(next.top - top);
  }
  const mean = (some: number[], otherwise: number) =>
    some.length === 0 ? otherwise : some.reduce((sum, height) => sum + height, 0) / some.length;
  const place = {
    row: mean(heights.row, before.row),
    head: mean(heights.head, before.head),
    top: tops[0] === undefined ? before.top : tops[0].top + globalThis.scrollY,
  };
  const isSame = (["row", "head", "top"] as const).every((key) => Math.abs(place[key] - before[key]) < 0.01);
  return isSame ? before : place;
}
