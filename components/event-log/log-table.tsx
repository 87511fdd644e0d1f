"use client";

import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format-time";
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { AbsoluteTime } from "@/components/ui/time";
import { DeliveryStatusCell, TestBadge } from "./delivery-cells";
import { type RowsProps, rowButtonId } from "./log-rows";
import { RowMenu } from "./row-menu";
import { SelectAll, SelectRow } from "./select-row";

/** The log as rows of 36 px; it keeps its columns beside a docked sheet, closer together; only in less room are there fewer. */
export function LogTable({ groups, openId, onOpen, isFresh, actions, webhookName }: RowsProps) {
  const { selection } = actions;
  const columns = 6 + (webhookName ? 1 : 0) + (selection ? 1 : 0);
  return (
    <div className="@container">
      <Table className="@max-2xl:[&_:is(td,th)]:px-2">
        <TableCaption>Event log, newest first</TableCaption>
        <TableHeader>
          <tr>
            {selection && (
              <TableHead className="w-8 pr-0!">
                <SelectAll
                  selection={selection}
                  ids={groups.flatMap(({ rows }) => rows.map(({ id }) => id))}
                />
              </TableHead>
            )}
            <TableHead>Status</TableHead>
            <TableHead className="w-full">Event type</TableHead>
            {webhookName && <TableHead className="@max-md:hidden">Webhook</TableHead>}
            <TableHead className="text-right @max-xl:hidden">Attempts</TableHead>
            <TableHead className="text-right @max-xl:hidden">Duration</TableHead>
            <TableHead className="text-right">Time</TableHead>
            <TableHead className="w-8 px-0!">
              <span className="sr-only">Actions</span>
            </TableHead>
          </tr>
        </TableHeader>
        {groups.map(({ day, rows }) => (
          <TableBody key={day} className="border-border border-b last:border-b-0">
            <tr className="border-border border-b bg-surface/60">
              <th
                colSpan={columns}
                scope="rowgroup"
                className="h-7 px-3 text-left font-medium text-muted-foreground text-xs"
              >
                {day}
              </th>
            </tr>
            {rows.map((row) => (
              <TableRow
                key={row.id}
                data-state={row.id === openId ? "selected" : undefined}
                className={cn(
                  "h-9 cursor-pointer has-[button:focus-visible]:bg-accent hover:bg-surface",
                  selection?.ids.has(row.id) && "bg-muted",
                  isFresh(row) && "animate-row-new",
                )}
                onClick={() => onOpen(row.id)}
              >
                {selection && (
                  <TableCell
                    className="pr-0!"
                    onClick={(event) => {
                      event.stopPropagation();
                      selection.toggle(row.id, event.shiftKey);
                    }}
                  >
                    <SelectRow row={row} selection={selection} />
                  </TableCell>
                )}
                <TableCell>
                  <DeliveryStatusCell delivery={row} />
                </TableCell>
                <TableCell className="max-w-0">
                  <span className="flex items-center gap-2">
                    <button
                      id={rowButtonId(row.id)}
                      type="button"
                      aria-expanded={row.id === openId}
                      className="truncate rounded-sm text-left font-mono text-xs"
                    >
                      {row.type}
                    </button>
                    {row.test && <TestBadge />}
                  </span>
                </TableCell>
                {webhookName && (
                  <TableCell className="max-w-48 truncate @max-2xl:max-w-24 @max-md:hidden">
                    {webhookName(row.endpointId)}
                  </TableCell>
                )}
                <TableCell className="text-right text-muted-foreground @max-xl:hidden">
                  {row.attempts}
                </TableCell>
                <TableCell className="whitespace-nowrap text-right text-muted-foreground @max-xl:hidden">
                  {row.durationMs === null ? "–" : formatDuration(row.durationMs)}
                </TableCell>
                <TableCell className="text-right text-muted-foreground">
                  <AbsoluteTime value={row.createdAt} />
                </TableCell>
                <TableCell className="px-0! pr-1!" onClick={(event) => event.stopPropagation()}>
                  <RowMenu row={row} actions={actions} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        ))}
      </Table>
    </div>
  );
}
