import type { RefObject } from "react";
import { formatDay } from "@/components/ui/format-time";
import type { RowPart, RowWindowHandle } from "@/components/ui/use-row-window";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { Selection } from "./use-selection";

/** A day over its rows, or a row. */
export type LogItem = {
  /** The day's text, or the delivery's id. */
  id: string;
  /** Index of the day's own item. */
  head: number;
  /** How many rows of the log are above it. */
  above: number;
} & ({ kind: "day"; size: number } | { kind: "row"; row: DeliveryOutput });

/** All zones begin their days at a quarter of an hour. */
const quarterMs = 15 * 60_000;

/** Rows under their day in the viewer's zone, in UTC until that is known (`now` is `null`), in the order they came. */
export function listByDay(rows: readonly DeliveryOutput[], now: Date | null): LogItem[] {
  const items: LogItem[] = [];
  // To format a date takes long, for thousands of them.
  const days = new Map<number, string>();
  let head: Extract<LogItem, { kind: "day" }> | undefined;
  for (const [above, row] of rows.entries()) {
    const quarter = Math.floor(Date.parse(row.createdAt) / quarterMs);
    let day = days.get(quarter);
    if (day === undefined) {
      day = now ? formatDay(new Date(row.createdAt), now) : row.createdAt.slice(0, 10);
      days.set(quarter, day);
    }
    if (head?.id !== day) {
      head = { kind: "day", id: day, head: items.length, above, size: 0 };
      items.push(head);
    }
    head.size += 1;
    items.push({ kind: "row", id: row.id, head: head.head, above, row });
  }
  return items;
}

/** A day of which something stands in the page, and its rows that do. */
export type ShownDay = {
  day: string;
  head: RowPart;
  rows: (RowPart & { row: DeliveryOutput })[];
  /** How many rows the day has, as far as the log was read. */
  size: number;
};

/** What stands in the page, by day: each day's head is among the parts. */
export function shownDays(items: readonly LogItem[], parts: readonly RowPart[]): ShownDay[] {
  const days: ShownDay[] = [];
  for (const part of parts) {
    const item = items[part.index];
    if (item?.kind === "day") days.push({ day: item.id, head: part, rows: [], size: item.size });
    else if (item) days.at(-1)?.rows.push({ ...part, row: item.row });
  }
  return days;
}

/** The button of a row, which takes the focus when it is moved by keyboard. */
export const rowButtonId = (deliveryId: string) => `row-${deliveryId}`;

/** The row that an element stands in; undefined outside of rows. */
export function rowIdOf(element: Element | null): string | undefined {
  const button = element?.closest("tr, li")?.querySelector(`[id^=${rowButtonId("")}]`);
  return button?.id.slice(rowButtonId("").length);
}

/** What can be done with rows, by their ids: functions that stay the same. Left out is what the person may not. */
export type RowActions = {
  onRetry?: (id: string) => void;
  /** Selects a row, or no longer; with `range` also all between it and the one that was chosen before. */
  onToggle?: (id: string, range: boolean) => void;
};

export type RowsProps = {
  items: readonly LogItem[];
  /** Whether there are no more rows than these. */
  complete: boolean;
  /** The delivery whose sheet is open. */
  openId: string | null;
  /** Stays the same. */
  onOpen: (id: string) => void;
  isFresh: (row: DeliveryOutput) => boolean;
  actions: RowActions;
  selection: Selection | undefined;
  /** Name of a row's webhook; undefined if the log is one webhook's. */
  webhookName: ((endpointId: string) => string) | undefined;
  /** Told which rows are in sight: the first, and the last. */
  onSeen: (first: number, last: number) => void;
  ref: RefObject<RowWindowHandle | null>;
};
