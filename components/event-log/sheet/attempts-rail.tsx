"use client";

import { cn } from "@/components/ui/cn";
import { formatClock, formatDay } from "@/components/ui/format-time";
import { formatWait } from "@/components/ui/format-wait";
import { useNow } from "@/components/ui/use-now";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { type Rail, type RailPoint, railPoints } from "./rail-points";

const radius = 4.5;
/** Of the line that the dots are on. */
const lineY = 8;

const dotClasses: Record<RailPoint["kind"], string> = {
  succeeded: "fill-success stroke-success",
  failed: "fill-danger stroke-danger",
  sending: "animate-pulse fill-primary-soft stroke-link motion-reduce:animate-none",
  planned: "fill-background stroke-muted-foreground",
};

const percent = (x: number) => `${(x * 100).toFixed(2)}%`;

/** When a delivery was and will be sent: filled dots for attempts and hollow ones for planned attempts. */
export function AttemptsRail({ delivery }: { delivery: DeliveryDetailOutput }) {
  const now = useNow(1_000);
  const rail = now && railPoints(delivery, now);
  if (!rail) return null;
  const { points, nowX, ticks } = rail;
  return (
    <div className="px-1.5 pt-1">
      <svg role="img" aria-label={describeRail(rail, now)} className="h-8 w-full overflow-visible">
        <line x1="0" x2={percent(nowX)} y1={lineY} y2={lineY} className="stroke-border-strong" />
        <line
          x1={percent(nowX)}
          x2="100%"
          y1={lineY}
          y2={lineY}
          strokeDasharray="3 3"
          className="stroke-border-strong"
        />
        {[{ x: 0, label: "first" }, ...ticks].map(({ x, label }) => (
          <text
            key={label}
            x={percent(x)}
            y="30"
            dx={x === 0 ? -radius : 0}
            textAnchor={x === 0 ? "start" : "middle"}
            className="fill-muted-foreground text-[11px]"
          >
            {label}
          </text>
        ))}
        {points.map((point) => (
          <circle
            key={point.number ?? `${point.kind} ${point.at.getTime()}`}
            cx={percent(point.x)}
            cy={lineY}
            r={radius}
            strokeWidth="1.5"
            data-kind={point.kind}
            className={cn("transition-[fill,stroke] duration-150", dotClasses[point.kind])}
          >
            <title>{describePoint(point, now)}</title>
          </circle>
        ))}
      </svg>
    </div>
  );
}

function describePoint({ kind, number, at }: RailPoint, now: Date): string {
  if (kind === "sending") return "Being sent";
  const time = `${formatDay(at, now)} ${formatClock(at, false)}`;
  return kind === "planned" ? `Planned for about ${time}` : `#${number} ${kind}, ${time}`;
}

/** The rail in sentences, for screen readers. */
function describeRail({ points }: Rail, now: Date): string {
  const made = points.filter(({ number }) => number !== null).length;
  const waits = points
    .filter(({ kind }) => kind === "planned")
    .map(({ at }) => `in ${formatWait(Math.max(0, (at.getTime() - now.getTime()) / 1_000))}`);
  const sentences = [
    made === 0
      ? "No attempt has been made yet."
      : made === 1
        ? "1 attempt was made."
        : `${made} attempts were made.`,
    points.some(({ kind }) => kind === "sending") && "One is in progress.",
    waits.length > 0 && `Next, if it keeps failing: ${waits.join(", ")}.`,
  ];
  return sentences.filter(Boolean).join(" ");
}
