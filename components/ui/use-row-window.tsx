"use client";

import dynamic from "next/dynamic";
import { type RefObject, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Up to so many rows, all of them stand in the page. */
const allShownMax = 200;

/** A row, or the head of a group of rows, which has its own index as `head`. */
export type WindowItem = { id: string; head?: number };

/** An item that stands in the page. */
export type RowPart = {
  /** Of the item. */
  index: number;
  /** Height, in px, of what is left out between it and the one that stands before it. */
  before: number;
};

/** What stands in the page, and the height, in px, of what is left out below. */
type RowWindow = { parts: RowPart[]; after: number };

export type RowWindowHandle = {
  /** Makes a row that is listed stand in the page, at its place, so that it can take the focus and be scrolled to. */
  reveal: (id: string) => void;
};

/** Heights in px: what is assumed until rows have been measured. */
type Heights = { row: number; head: number };
/** Also where the list begins, in px from the top of the page. */
type Place = Heights & { top: number };

export type MeterProps = {
  items: readonly WindowItem[];
  place: Place;
  /** What stands in the page wherever that is scrolled to. */
  keptIds: readonly (string | null)[];
  /** Told the indexes of the first and last item in sight. */
  onSeen: (first: number, last: number) => void;
  /** Told while laying out, if it is another one than before; `null` if all are to stand in the page. */
  onWindow: (window: RowWindow | null) => void;
};

/** What measures is heavy, and few lists are long; one for which it cannot be fetched stands in the page in full. */
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
  const [place, setPlace] = useState<Place>({ ...assumed, top: 0 });
  const [told, setTold] = useState<RowWindow | null>();
  const isLong = items.length > allShownMax;
  // Until the first is told, the beginning stands in the page.
  const window = !isLong || told === null ? everything(items) : (told ?? beginning(items, place));

  useLayoutEffect(() => {
    if (!isLong) onSeen(0, Number.POSITIVE_INFINITY);
  }, [isLong, onSeen]);

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

  useImperativeHandle(ref, () => ({ reveal: (id) => flushSync(() => setKeptId(id)) }), []);

  return {
    list,
    parts: window.parts,
    /** Height, in px, of what is left out below the last part. */
    after: window.after,
    /** To be drawn by the caller, anywhere; it takes no room. */
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
    top: tops[0] === undefined ? before.top : tops[0].top + globalThis.scrollY,
  };
  const isSame = (["row", "head", "top"] as const).every((key) => Math.abs(place[key] - before[key]) < 0.01);
  return isSame ? before : place;
}
