"use client";

import { type MouseEvent, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatTime } from "@/components/ui/format-time";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/ui/use-now";
import { isNew, rateTone } from "@/components/webhooks/describe-health";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { formatRate } from "@/lib/core/format-rate";
import { type HourBucket, hourBuckets } from "./hour-buckets";

const width = 120;
const height = 24;
const step = width / 24;

const rateClasses = {
  good: "text-foreground",
  warn: "text-warning",
  bad: "text-danger",
  idle: "text-muted-foreground",
  off: "text-muted-foreground",
};

/** Index of the bar under the pointer. */
function barAt({ currentTarget, clientX }: MouseEvent<HTMLElement>): number {
  const { left } = currentTarget.getBoundingClientRect();
  return Math.min(23, Math.max(0, Math.floor((clientX - left) / step)));
}

/** `14:00 · 312 delivered, 4 failed, 2 waiting` */
function describeHour({ from, succeeded, failed, pending }: HourBucket): string {
  const counts = [
    `${succeeded.toLocaleString("en")} delivered`,
    `${failed.toLocaleString("en")} failed`,
    ...(pending > 0 ? [`${pending.toLocaleString("en")} waiting`] : []),
  ];
  const text = succeeded + failed + pending === 0 ? "no events" : counts.join(", ");
  return `${formatTime(from)} · ${text}`;
}

/**
 * The last 24 hours of a webhook: one bar per hour, failures stacked in red and waiting events in amber, beside its
 * success rate and count.
 */
export function TrafficBars({
  endpoint,
  onOpenHour,
  className,
}: {
  endpoint: Pick<EndpointOutput, "health24h" | "createdAt">;
  /** Opens the log at one hour, or (from the keyboard) at all 24. */
  onOpenHour: (from: Date, to: Date) => void;
  className?: string;
}) {
  const now = useNow(60_000);
  const [hovered, setHovered] = useState<number | null>(null);
  const health = endpoint.health24h;
  const buckets = now ? hourBuckets(health.hours, now) : [];
  const first = buckets.at(0);
  const last = buckets.at(-1);
  const shown = hovered === null ? undefined : buckets[hovered];
  const max = Math.max(1, ...buckets.map((bucket) => bucket.succeeded + bucket.failed + bucket.pending));
  const { due, successRate } = health;
  const summary =
    successRate === null
      ? `No events ${now && isNew(endpoint, now) ? "yet" : "in 24 hours"}`
      : `${formatRate(successRate)} of ${due.toLocaleString("en")} events delivered in 24 hours`;

  return (
    <div className={cn("flex items-center gap-3", className)}>
      <Tooltip content={shown && describeHour(shown)} delayMs={0}>
        <button
          type="button"
          aria-label={`${summary}. Open the log`}
          className="shrink-0 rounded-sm"
          onPointerMove={(event) => setHovered(barAt(event))}
          onPointerLeave={() => setHovered(null)}
          onClick={(event) => {
            event.stopPropagation();
            const byKeyboard = event.detail === 0;
            const from = byKeyboard ? first : buckets[barAt(event)];
            const to = byKeyboard ? last : from;
            if (from && to) onOpenHour(from.from, to.to);
          }}
        >
          <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
            {buckets.map(({ from, succeeded, failed, pending }, index) => {
              const top = succeeded + failed + pending;
              const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / max) * (height - 1)));
              const failedHeight = tall(failed);
              const pendingHeight = Math.min(tall(pending), height - failedHeight);
              const goodHeight = Math.min(tall(succeeded), height - failedHeight - pendingHeight);
              return (
                <g key={from.getTime()} opacity={hovered === null || hovered === index ? 1 : 0.55}>
                  {top === 0 && (
                    <rect
                      x={index * step}
                      y={height - 1}
                      width={step - 1}
                      height={1}
                      className="fill-border-strong"
                    />
                  )}
                  <rect
                    x={index * step}
                    y={height - goodHeight}
                    width={step - 1}
                    height={goodHeight}
                    className="fill-success/70"
                  />
                  <rect
                    x={index * step}
                    y={height - goodHeight - pendingHeight}
                    width={step - 1}
                    height={pendingHeight}
                    className="fill-warning/70"
                  />
                  <rect
                    x={index * step}
                    y={height - goodHeight - pendingHeight - failedHeight}
                    width={step - 1}
                    height={failedHeight}
                    className="fill-danger"
                  />
                </g>
              );
            })}
          </svg>
        </button>
      </Tooltip>
      <span className={cn("whitespace-nowrap", rateClasses[rateTone(successRate)])}>
        {successRate === null ? (
          "–"
        ) : (
          <>
            {formatRate(successRate)}
            <span className="text-muted-foreground"> · {due.toLocaleString("en")}</span>
          </>
        )}
      </span>
    </div>
  );
}
