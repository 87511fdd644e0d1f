"use client";

import { cn } from "@/components/ui/cn";
import { formatClock } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { DeliveryStatusCell, TestBadge } from "./delivery-cells";
import { type RowsProps, rowButtonId } from "./log-rows";
import { SelectAll, SelectRow } from "./select-row";

/** The log as a list of two lines each, for narrow screens. */
export function LogItems({
  groups,
  openId,
  onOpen,
  isFresh,
  actions: { selection },
  webhookName,
}: RowsProps) {
  const now = useNow(60_000);
  return (
    <div className="overflow-hidden rounded-lg border border-border">
      {selection && (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox within is one
        <label className="flex h-9 w-fit items-center gap-2.5 px-3 text-muted-foreground text-xs">
          <SelectAll selection={selection} ids={groups.flatMap(({ rows }) => rows.map(({ id }) => id))} />
          Select all on this page
        </label>
      )}
      {groups.map(({ day, rows }) => (
        <section key={day} data-live="" aria-label={day} className="border-border border-b last:border-b-0">
          <h2 className="border-border border-b bg-surface px-3 py-1 font-medium text-muted-foreground text-xs">
            {day}
          </h2>
          <ul>
            {rows.map((row) => (
              <li
                key={row.id}
                className={cn(
                  "flex border-border border-b last:border-b-0",
                  selection?.ids.has(row.id) && "bg-muted",
                  isFresh(row) && "animate-row-new",
                )}
              >
                {selection && (
                  // biome-ignore lint/a11y/noStaticElementInteractions: only makes room for the checkbox within
                  // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the checkbox's
                  <span
                    className="grid w-10 shrink-0 cursor-pointer place-items-center"
                    onClick={(event) => selection.toggle(row.id, event.shiftKey)}
                  >
                    <SelectRow row={row} selection={selection} />
                  </span>
                )}
                <button
                  id={rowButtonId(row.id)}
                  type="button"
                  aria-expanded={row.id === openId}
                  onClick={() => onOpen(row.id)}
                  className={cn(
                    "grid min-w-0 flex-1 grid-cols-1 gap-1 px-3 py-2 text-left focus-visible:outline-offset-[-2px]",
                    selection && "pl-0",
                    row.id === openId && "bg-primary-soft",
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
                    {webhookName && (
                      <span className="min-w-0 flex-1 truncate text-right text-muted-foreground text-xs">
                        {webhookName(row.endpointId)}
                      </span>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
