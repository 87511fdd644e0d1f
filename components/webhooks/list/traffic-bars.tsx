"use client";

import { type MouseEvent, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatClock } from "@/components/ui/format-time";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/ui/use-now";
import { formatRate, isNew, rateTone } from "@/components/webhooks/describe-health";
import type { EndpointOutput } from "@/lib/contract/endpoints";
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

/** `14:00 · 312 sent, 4 failed` */
function describeHour({ from, succeeded, failed }: HourBucket): string {
  const sent = succeeded + failed;
  const counts =
    sent === 0 ? "nothing sent" : `${sent.toLocaleString("en")} sent, ${failed.toLocaleString("en")} failed`;
  return `${formatClock(from, false).slice(0, 5)} · ${counts}`;
}

/** The last 24 hours of a webhook: a bar an hour, failures stacked in red, beside its success rate and count. */
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
  const max = Math.max(1, ...buckets.map((bucket) => bucket.succeeded + bucket.failed));
  const { requests, successRate } = health;
  const summary =
    successRate === null
      ? `No requests ${now && isNew(endpoint, now) ? "yet" : "in 24 hours"}`
      : `${formatRate(successRate)} of ${requests.toLocaleString("en")} requests in 24 hours succeeded`;

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
            {buckets.map(({ from, succeeded, failed }, index) => {
              const top = succeeded + failed;
              const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (count / max) * (height - 1)));
              const failedHeight = tall(failed);
              const goodHeight = Math.min(tall(succeeded), height - failedHeight);
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
                    y={height - goodHeight - failedHeight}
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
            <span className="text-muted-foreground"> · {requests.toLocaleString("en")}</span>
          </>
        )}
      </span>
    </div>
  );
}
