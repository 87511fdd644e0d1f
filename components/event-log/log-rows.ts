import type { RefObject } from "react";
import { formatDay } from "@/components/ui/format-time";
import type { RowPart, RowWindowHandle } from "@/components/ui/use-row-window";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { Selection } from "./use-selection";

/** The heading of a day, or a row. */
export type LogItem = {
  /** The day's text, or the delivery's id. */
  id: string;
  /** Index of the day's heading. */
  head: number;
  /** How many rows of the log are above it. */
  above: number;
} & ({ kind: "day"; size: number } | { kind: "row"; row: DeliveryOutput });

/** In all time zones, days begin at a quarter of an hour. */
const quarterMs = 15 * 60_000;

/**
 * Rows below the heading of their day in the viewer's zone (in UTC while that is unknown and `now` is `null`), in the
 * given order.
 */
export function listByDay(rows: readonly DeliveryOutput[], now: Date | null): LogItem[] {
  const items: LogItem[] = [];
  // Formatting a date is slow for thousands of rows.
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

/** A day that is at least partly in the page, with its rows that are. */
export type ShownDay = {
  day: string;
  head: RowPart;
  rows: (RowPart & { row: DeliveryOutput })[];
  /** How many rows the day has, as far as the log was read. */
  size: number;
};

/** The rendered part of the log, by day: each day's heading is among the parts. */
export function shownDays(items: readonly LogItem[], parts: readonly RowPart[]): ShownDay[] {
  const days: ShownDay[] = [];
  for (const part of parts) {
    const item = items[part.index];
    if (item?.kind === "day") days.push({ day: item.id, head: part, rows: [], size: item.size });
    else if (item) days.at(-1)?.rows.push({ ...part, row: item.row });
  }
  return days;
}

/** The button of a row, which is focused when moving by keyboard. */
export const rowButtonId = (deliveryId: string) => `row-${deliveryId}`;

/** The id of the row that contains an element; undefined outside of rows. */
export function rowIdOf(element: Element | null): string | undefined {
  const button = element?.closest("tr, li")?.querySelector(`[id^=${rowButtonId("")}]`);
  return button?.id.slice(rowButtonId("").length);
}

/** Actions on rows, by id, as stable functions. Actions that the user may not do are omitted. */
export type RowActions = {
  onRetry?: (id: string) => void;
  /** Selects or deselects a row; with `range` also all rows between it and the previously chosen one. */
  onToggle?: (id: string, range: boolean) => void;
};

export type RowsProps = {
  items: readonly LogItem[];
  /** Whether there are no more rows than these. */
  complete: boolean;
  /** The delivery whose sheet is open. */
  openId: string | null;
  /** A stable function. */
  onOpen: (id: string) => void;
  isFresh: (row: DeliveryOutput) => boolean;
  actions: RowActions;
  selection: Selection | undefined;
  /** Name of a row's webhook; undefined if the log is one webhook's. */
  webhookName: ((endpointId: string) => string) | undefined;
  /** Called with the visible rows: the first and the last. */
  onSeen: (first: number, last: number) => void;
  ref: RefObject<RowWindowHandle | null>;
};

/** One row as it is rendered, in the table or in the list. */
export type LogRowProps = {
  row: DeliveryOutput;
  /** Among the items of the log. */
  index: number;
  open: boolean;
  selected: boolean;
  fresh: boolean;
  /** The webhook's name, if it is shown. */
  webhook: string | undefined;
  onOpen: (id: string) => void;
  actions: RowActions;
};

/** What a row is rendered from, so that a row is rendered again only if some of it has changed. */
export const rowPropsOf = (
  { openId, selection, isFresh, webhookName, onOpen, actions }: RowsProps,
  { row, index }: { row: DeliveryOutput; index: number },
): LogRowProps => ({
  row,
  index,
  open: row.id === openId,
  selected: selection?.ids.has(row.id) ?? false,
  fresh: isFresh(row),
  webhook: webhookName?.(row.endpointId),
  onOpen,
  actions,
});
