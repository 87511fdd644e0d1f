"use client";

import { Fragment, memo } from "react";
import { cn } from "@/components/ui/cn";
import { formatClock } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { DeliveryStatusCell, TestBadge } from "./delivery-cells";
import { type LogRowProps, type RowsProps, rowButtonId, rowPropsOf } from "./log-rows";
import { SelectAll, SelectRow } from "./select-row";
import { useLogWindow } from "./use-log-window";

/** The log as a list of two lines each, for narrow screens. */
export function LogItems(props: RowsProps) {
  const { items, complete, selection } = props;
  const { list, days, after, meter } = useLogWindow(props, { row: 57, head: 25 });
  return (
    <div ref={list} className="overflow-hidden rounded-lg border border-border">
      {meter}
      {selection && (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox within is one
        <label className="flex h-9 w-fit items-center gap-2.5 px-3 text-muted-foreground text-xs">
          <SelectAll selection={selection} items={items} />
          Select all on this page
        </label>
      )}
      {days.map(({ day, head, rows, size }, at) => (
        <section key={day} data-live="" aria-label={day} className="border-border border-b last:border-b-0">
          {head.before > 0 && <div style={{ height: head.before }} />}
          <h2
            data-index={head.index}
            className="border-border border-b bg-surface px-3 py-1 font-medium text-muted-foreground text-xs"
          >
            {day}
          </h2>
          <ul>
            {rows.map(({ row, index, before }) => (
              <Fragment key={row.id}>
                {before > 0 && <li aria-hidden="true" style={{ height: before }} />}
                <LogItem
                  {...rowPropsOf(props, { row, index })}
                  place={index - head.index}
                  size={complete || at < days.length - 1 ? size : -1}
                />
              </Fragment>
            ))}
          </ul>
        </section>
      ))}
      {after > 0 && <div style={{ height: after }} />}
    </div>
  );
}

/** Rendered again only if one of its props has changed: while the log is scrolled, most items stay. */
const LogItem = memo(function LogItem({
  row,
  index,
  place,
  size,
  open,
  selected,
  fresh,
  webhook,
  onOpen,
  actions: { onToggle },
}: LogRowProps & {
  /** Its position within its day, from 1. */
  place: number;
  /** The number of rows of its day; -1 if unknown. */
  size: number;
}) {
  const now = useNow(60_000);
  return (
    <li
      data-index={index}
      aria-posinset={place}
      aria-setsize={size}
      className={cn(
        "flex border-border border-b last:border-b-0",
        selected && "bg-muted",
        fresh && "animate-row-new",
      )}
    >
      {onToggle && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only makes room for the checkbox within
        // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the checkbox's
        <span
          className="grid w-10 shrink-0 cursor-pointer place-items-center"
          onClick={(event) => onToggle(row.id, event.shiftKey)}
        >
          <SelectRow row={row} selected={selected} />
        </span>
      )}
      <button
        id={rowButtonId(row.id)}
        type="button"
        aria-expanded={open}
        onClick={() => onOpen(row.id)}
        className={cn(
          "grid min-w-0 flex-1 grid-cols-1 gap-1 px-3 py-2 text-left focus-visible:outline-offset-[-2px]",
          onToggle && "pl-0",
          open && "bg-primary-soft",
        )}
      >
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-xs">{row.type}</span>
          {row.test && <TestBadge />}
          <time dateTime={row.createdAt} className="font-mono text-muted-foreground text-xs">
            {now ? formatClock(new Date(row.createdAt), false) : row.createdAt.slice(11, 19)}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <DeliveryStatusCell delivery={row} />
          {webhook !== undefined && (
            <span className="min-w-0 flex-1 truncate text-right text-muted-foreground text-xs">
              {webhook}
            </span>
          )}
        </span>
      </button>
    </li>
  );
});
