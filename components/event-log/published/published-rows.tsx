"use client";

import { rowButtonId } from "@/components/event-log/log-rows";
import { cn } from "@/components/ui/cn";
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
import { useMinWidth } from "@/components/ui/use-min-width";
import type { EventOutput } from "@/lib/contract/events";
import { EventOutcomes } from "./event-outcomes";

type RowsProps = {
  rows: readonly EventOutput[];
  /** The event whose sheet is open. */
  openId: string | null;
  onOpen: (id: string) => void;
};

/** Published events as rows of 36 px, or as a list of two lines each on a narrow screen. */
export function PublishedRows(props: RowsProps) {
  return useMinWidth(768) ? <PublishedTable {...props} /> : <PublishedItems {...props} />;
}

function PublishedTable({ rows, openId, onOpen }: RowsProps) {
  return (
    <div className="@container">
      <Table className="@max-2xl:[&_:is(td,th)]:px-2">
        <TableCaption>Published events, newest first</TableCaption>
        <TableHeader>
          <tr>
            <TableHead>Deliveries</TableHead>
            <TableHead className="w-full">Event type</TableHead>
            <TableHead className="@max-xl:hidden">Producer's key</TableHead>
            <TableHead className="text-right">Published</TableHead>
          </tr>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow
              key={row.id}
              data-state={row.id === openId ? "selected" : undefined}
              className="h-9 cursor-pointer has-[button:focus-visible]:bg-accent hover:bg-surface"
              onClick={() => onOpen(row.id)}
            >
              <TableCell>
                <EventOutcomes event={row} />
              </TableCell>
              <TableCell className="max-w-0">
                <button
                  id={rowButtonId(row.id)}
                  type="button"
                  aria-expanded={row.id === openId}
                  className="max-w-full truncate rounded-sm text-left font-mono text-xs"
                >
                  {row.type}
                </button>
              </TableCell>
              <TableCell className="max-w-40 truncate font-mono text-muted-foreground text-xs @max-xl:hidden">
                {row.idempotencyKey ?? "–"}
              </TableCell>
              <TableCell className="whitespace-nowrap text-right text-muted-foreground">
                <AbsoluteTime value={row.createdAt} day="unless today" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function PublishedItems({ rows, openId, onOpen }: RowsProps) {
  return (
    <ul data-live="" className="overflow-hidden rounded-lg border border-border">
      {rows.map((row) => (
        <li key={row.id} className="border-border border-b last:border-b-0">
          <button
            id={rowButtonId(row.id)}
            type="button"
            aria-expanded={row.id === openId}
            onClick={() => onOpen(row.id)}
            className={cn(
              "grid w-full grid-cols-1 gap-1 px-3 py-2 text-left focus-visible:outline-offset-[-2px]",
              row.id === openId && "bg-primary-soft",
            )}
          >
            <span className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{row.type}</span>
              <AbsoluteTime
                value={row.createdAt}
                day="unless today"
                className="text-muted-foreground text-xs"
              />
            </span>
            <EventOutcomes event={row} />
          </button>
        </li>
      ))}
    </ul>
  );
}
