"use client";

import { Fragment, memo, type RefObject } from "react";
import { rowButtonId } from "@/components/event-log/log-rows";
import { cn } from "@/components/ui/cn";
import {
  leftOut,
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableGap,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { AbsoluteTime } from "@/components/ui/time";
import { useMinWidth } from "@/components/ui/use-min-width";
import { type RowWindowHandle, useRowWindow } from "@/components/ui/use-row-window";
import { useShownClock } from "@/components/ui/use-shown-clock";
import type { EventOutput } from "@/lib/contract/events";
import { EventOutcomes } from "./event-outcomes";

type RowsProps = {
  rows: readonly EventOutput[];
  /** Whether there are no more events than these. */
  complete: boolean;
  /** The event whose sheet is open. */
  openId: string | null;
  /** A stable function. */
  onOpen: (id: string) => void;
  /** Called with the visible rows: the first and the last. */
  onSeen: (first: number, last: number) => void;
  ref: RefObject<RowWindowHandle | null>;
};

/** Published events as rows of 36 px, or as a list of two lines each on a narrow screen. */
export function PublishedRows(props: RowsProps) {
  return useMinWidth(768) ? <PublishedTable {...props} /> : <PublishedItems {...props} />;
}

const columns = 4;

function PublishedTable({ rows, complete, openId, onOpen, onSeen, ref }: RowsProps) {
  const assumed = { row: 36, head: 0 };
  const { list, parts, after, meter } = useRowWindow({ items: rows, assumed, openId, onSeen, ref });
  const clock = useShownClock();
  return (
    <div ref={list} className="@container">
      {meter}
      <Table
        aria-rowcount={complete ? rows.length + 1 : -1}
        className="table-fixed @max-2xl:[&_:is(td,th)]:px-1.5"
      >
        <TableCaption>Published events, newest first</TableCaption>
        <TableHeader>
          <tr aria-rowindex={1}>
            <TableHead className="w-72 @max-4xl:w-60 @max-2xl:w-44">Deliveries</TableHead>
            <TableHead>Event type</TableHead>
            <TableHead className={cn("w-56 @max-4xl:w-44", leftOut.xl)}>Producer's key</TableHead>
            <TableHead
              className={cn("text-right", clock === "12h" ? "w-54 @max-2xl:w-50" : "w-48 @max-2xl:w-45")}
            >
              Published
            </TableHead>
          </tr>
        </TableHeader>
        <TableBody>
          {parts.map(({ index, before }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <Fragment key={row.id}>
                <TableGap height={before} columns={columns} />
                <PublishedRow row={row} index={index} open={row.id === openId} onOpen={onOpen} />
              </Fragment>
            );
          })}
          <TableGap height={after} columns={columns} />
        </TableBody>
      </Table>
    </div>
  );
}

type RowProps = {
  row: EventOutput;
  index: number;
  open: boolean;
  onOpen: (id: string) => void;
};

const PublishedRow = memo(function PublishedRow({ row, index, open, onOpen }: RowProps) {
  return (
    <TableRow
      data-index={index}
      aria-rowindex={index + 2}
      data-state={open ? "selected" : undefined}
      className="h-9 cursor-pointer has-[button:focus-visible]:bg-accent hover:bg-surface"
      onClick={() => onOpen(row.id)}
    >
      <TableCell>
        <EventOutcomes event={row} />
      </TableCell>
      <TableCell>
        <button
          id={rowButtonId(row.id)}
          type="button"
          aria-expanded={open}
          className="max-w-full truncate rounded-sm text-left font-mono text-xs"
        >
          {row.type}
        </button>
      </TableCell>
      <TableCell className={cn("truncate font-mono text-muted-foreground text-xs", leftOut.xl)}>
        <Key text={row.idempotencyKey} />
      </TableCell>
      <TableCell className="whitespace-nowrap text-right text-muted-foreground">
        <AbsoluteTime value={row.createdAt} day="unless today" />
      </TableCell>
    </TableRow>
  );
});

/** Keys of one producer often begin alike: if it is too long, its middle is left out. */
function Key({ text }: { text: string | null }) {
  if (text === null) return "–";
  const characters = [...text];
  return (
    <span className="flex" title={text}>
      <span className="truncate">{characters.slice(0, -8).join("")}</span>
      <span className="shrink-0 whitespace-pre">{characters.slice(-8).join("")}</span>
    </span>
  );
}

function PublishedItems({ rows, complete, openId, onOpen, onSeen, ref }: RowsProps) {
  const assumed = { row: 57, head: 0 };
  const { list, parts, after, meter } = useRowWindow({ items: rows, assumed, openId, onSeen, ref });
  return (
    <div ref={list} className="overflow-hidden rounded-lg border border-border">
      {meter}
      <ul data-live="">
        {parts.map(({ index, before }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <Fragment key={row.id}>
              {before > 0 && <li aria-hidden="true" style={{ height: before }} />}
              <PublishedItem
                row={row}
                index={index}
                size={complete ? rows.length : -1}
                open={row.id === openId}
                onOpen={onOpen}
              />
            </Fragment>
          );
        })}
        {after > 0 && <li aria-hidden="true" style={{ height: after }} />}
      </ul>
    </div>
  );
}

const PublishedItem = memo(function PublishedItem({
  row,
  index,
  size,
  open,
  onOpen,
}: RowProps & {
  /** The number of items; -1 if unknown. */
  size: number;
}) {
  return (
    <li
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={size}
      className="border-border border-b last:border-b-0"
    >
      <button
        id={rowButtonId(row.id)}
        type="button"
        aria-expanded={open}
        onClick={() => onOpen(row.id)}
        className={cn(
          "grid w-full grid-cols-1 gap-1 px-3 py-2 text-left focus-visible:outline-offset-[-2px]",
          open && "bg-primary-soft",
        )}
      >
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-xs">{row.type}</span>
          <AbsoluteTime value={row.createdAt} day="unless today" className="text-muted-foreground text-xs" />
        </span>
        <EventOutcomes event={row} />
      </button>
    </li>
  );
});
