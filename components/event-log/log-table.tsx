"use client";

import { Fragment, memo } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format-time";
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
import { useShownClock } from "@/components/ui/use-shown-clock";
import { DeliveryStatusCell, TestBadge } from "./delivery-cells";
import { type LogRowProps, type RowsProps, rowButtonId, rowPropsOf } from "./log-rows";
import { RowMenu } from "./row-menu";
import { SelectAll, SelectRow } from "./select-row";
import { useLogWindow } from "./use-log-window";

/**
 * The log as rows of 36 px, in columns of fixed width, so that none moves as other rows come into sight. Beside a
 * docked sheet it keeps its columns, closer together; it has fewer only in less room.
 */
export function LogTable(props: RowsProps) {
  const { items, complete, selection, webhookName } = props;
  const { list, days, after, meter } = useLogWindow(props, { row: 36, head: 28 });
  const clock = useShownClock();
  const columns = 6 + (webhookName ? 1 : 0) + (selection ? 1 : 0);
  return (
    <div ref={list} className="@container">
      {meter}
      <Table
        aria-rowcount={complete ? items.length + 1 : -1}
        className="table-fixed @max-3xl:[&_:is(td,th)]:px-1.5"
      >
        <TableCaption>Event log, newest first</TableCaption>
        <TableHeader>
          <tr aria-rowindex={1}>
            {selection && (
              <TableHead className="w-7 pr-0!">
                <SelectAll selection={selection} items={items} />
              </TableHead>
            )}
            <TableHead className="w-54 @max-4xl:w-44 @max-3xl:w-35">Status</TableHead>
            <TableHead>Event type</TableHead>
            {webhookName && (
              <TableHead className={cn("w-48 @max-4xl:w-32 @max-2xl:w-20", leftOut.md)}>Webhook</TableHead>
            )}
            <TableHead className={cn("w-19 text-right @max-3xl:w-16", leftOut.xl)}>Attempts</TableHead>
            <TableHead className={cn("w-21 text-right @max-3xl:w-15", leftOut.xl)}>Duration</TableHead>
            <TableHead
              className={cn("text-right", clock === "12h" ? "w-34 @max-3xl:w-22" : "w-28 @max-3xl:w-18")}
            >
              Time
            </TableHead>
            <TableHead className="w-8 px-0!">
              <span className="sr-only">Actions</span>
            </TableHead>
          </tr>
        </TableHeader>
        {days.map(({ day, head, rows }) => (
          <TableBody key={day} className="not-last:[&>tr:last-child>*]:border-b">
            <TableGap height={head.before} columns={columns} />
            <tr data-index={head.index} aria-rowindex={head.index + 2} className="bg-surface/60 *:border-b">
              <th
                colSpan={columns}
                scope="rowgroup"
                className="h-7 px-3 text-left font-medium text-muted-foreground text-xs"
              >
                {day}
              </th>
            </tr>
            {rows.map(({ row, index, before }) => (
              <Fragment key={row.id}>
                <TableGap height={before} columns={columns} />
                <LogRow {...rowPropsOf(props, { row, index })} />
              </Fragment>
            ))}
          </TableBody>
        ))}
        {after > 0 && (
          <tbody>
            <TableGap height={after} columns={columns} />
          </tbody>
        )}
      </Table>
    </div>
  );
}

/** Rendered again only if one of its props has changed: while the log is scrolled, most rows stay. */
const LogRow = memo(function LogRow({
  row,
  index,
  open,
  selected,
  fresh,
  webhook,
  onOpen,
  actions,
}: LogRowProps) {
  const { onToggle } = actions;
  return (
    <TableRow
      data-index={index}
      aria-rowindex={index + 2}
      data-state={open ? "selected" : undefined}
      className={cn(
        "h-9 cursor-pointer has-[button:focus-visible]:bg-accent hover:bg-surface",
        selected && "bg-muted",
        fresh && "animate-row-new",
      )}
      onClick={() => onOpen(row.id)}
    >
      {onToggle && (
        <TableCell
          className="pr-0!"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row.id, event.shiftKey);
          }}
        >
          <SelectRow row={row} selected={selected} />
        </TableCell>
      )}
      <TableCell>
        <DeliveryStatusCell delivery={row} />
      </TableCell>
      <TableCell>
        <span className="flex items-center gap-2">
          <button
            id={rowButtonId(row.id)}
            type="button"
            aria-expanded={open}
            title={row.type}
            className="truncate rounded-sm text-left font-mono text-xs"
          >
            {row.type}
          </button>
          {row.test && <TestBadge />}
        </span>
      </TableCell>
      {webhook !== undefined && (
        <TableCell title={webhook} className={cn("truncate", leftOut.md)}>
          {webhook}
        </TableCell>
      )}
      <TableCell className={cn("text-right text-muted-foreground", leftOut.xl)}>{row.attempts}</TableCell>
      <TableCell className={cn("whitespace-nowrap text-right text-muted-foreground", leftOut.xl)}>
        {row.durationMs === null ? "–" : formatDuration(row.durationMs)}
      </TableCell>
      <TableCell className="text-right text-muted-foreground">
        <AbsoluteTime value={row.createdAt} fractionClassName="@max-3xl:hidden" />
      </TableCell>
      <TableCell className="px-0! pr-1!" onClick={(event) => event.stopPropagation()}>
        <RowMenu row={row} selected={selected} actions={actions} />
      </TableCell>
    </TableRow>
  );
});
