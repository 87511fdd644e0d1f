"use client";

import { type KeyboardEvent, type PointerEvent, useCallback, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatDate, formatTime, isSameDay } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { ChartTable } from "./chart-table";
import { labelledPoints, linePath, niceTicks } from "./scales";

export type Series = {
  key: string;
  label: string;
  /** Theme colors: `fill` of bars, `stroke` of lines, `swatch` of the legend. */
  fill?: string;
  stroke?: string;
  swatch: string;
  /** Drawn as stripes. */
  hatched?: boolean;
};
/** The values of the series by key; `null` if missing. */
export type Point = { from: string; values: Record<string, number | null> };
export type TimeChartProps = {
  title: string;
  /** "bars" are stacked. */
  kind: "bars" | "lines";
  series: readonly Series[];
  points: readonly Point[];
  bucketSeconds: number;
  format: (value: number) => string;
  /** Opens what a bucket counts, by click or Enter. */
  onOpen?: ((from: Date, to: Date) => void) | undefined;
};

const height = 160;
const margin = { top: 8, right: 4, bottom: 22, left: 56 };
const hourSeconds = 3_600;

/** "14:00", "20 Nov, 12:00", "20 Nov": the start of a bucket, in the viewer's zone. */
export function describeBucketTime(from: string, bucketSeconds: number, now: Date): string {
  const date = new Date(from);
  const clock = formatTime(date);
  const isShort = bucketSeconds <= hourSeconds && isSameDay(date, now);
  return isShort ? clock : `${formatDate(date, now)}, ${clock}`;
}

/**
 * Values over time, as stacked bars or as lines. The pointer and the arrow keys read the buckets one by one, a click or
 * Enter opens one if that is possible, and all values are also available as a table.
 */
export function TimeChart(props: TimeChartProps) {
  const { title, series, points, bucketSeconds, format, onOpen } = props;
  const hint = useId();
  const now = useNow(60_000);
  const [parentRef, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const cursor = at ?? points.length - 1;
  const innerWidth = Math.max(0, width - margin.left - margin.right);
  const valuesText = (point: Point) =>
    series
      .map(({ key, label }) => ({ label, value: point.values[key] ?? null }))
      .flatMap(({ label, value }) => (value === null ? [] : [`${label} ${format(value)}`]))
      .join(", ") || "nothing";
  const current = points[cursor];

  const open = () => {
    if (!onOpen || !current) return;
    const from = new Date(current.from);
    onOpen(from, new Date(from.getTime() + bucketSeconds * 1_000));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") return open();
    const last = points.length - 1;
    const targets: Record<string, number> = {
      ArrowLeft: cursor - 1,
      ArrowRight: cursor + 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    setAt(Math.min(last, Math.max(0, target)));
  };
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width: all } = currentTarget.getBoundingClientRect();
    setAt(Math.min(points.length - 1, Math.max(0, Math.floor(((clientX - left) / all) * points.length))));
  };

  return (
    <figure aria-label={title} className="grid min-w-0 grid-cols-1 gap-1">
      <figcaption className="flex min-h-5 flex-wrap items-center gap-x-3 text-muted-foreground text-xs">
        {at !== null && current && now ? (
          <span className="truncate">
            <span className="font-medium text-foreground">
              {describeBucketTime(current.from, bucketSeconds, now)}
            </span>{" "}
            {valuesText(current)}
          </span>
        ) : (
          series.map(({ key, label, swatch }) => (
            <span key={key} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={cn("size-2 rounded-[2px]", swatch)} />
              {label}
            </span>
          ))
        )}
      </figcaption>
      <div ref={parentRef} className="relative w-full" style={{ height }}>
        {now && innerWidth > 0 && <Plot {...props} innerWidth={innerWidth} at={at} now={now} />}
        <div
          role="slider"
          tabIndex={0}
          aria-label={`${title}, by time`}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, points.length - 1)}
          aria-valuenow={Math.max(0, cursor)}
          aria-valuetext={
            current && now
              ? `${describeBucketTime(current.from, bucketSeconds, now)}: ${valuesText(current)}`
              : ""
          }
          aria-describedby={onOpen && hint}
          className={cn("absolute rounded-sm", onOpen && "cursor-pointer")}
          style={{ left: margin.left, right: margin.right, top: margin.top, bottom: margin.bottom }}
          onKeyDown={onKeyDown}
          onFocus={(event) => event.currentTarget.matches(":focus-visible") && setAt(cursor)}
          onBlur={() => setAt(null)}
          onPointerMove={onPointerMove}
          // A finger reads a bar by touching it.
          onPointerUp={(event) => event.pointerType !== "touch" && event.button === 0 && open()}
          onPointerLeave={() => setAt(null)}
        />
      </div>
      {onOpen && (
        <span id={hint} hidden>
          Enter shows them in the log.
        </span>
      )}
      {now && <ChartTable {...props} now={now} describeTime={describeBucketTime} />}
    </figure>
  );
}

function Plot({
  kind,
  series,
  points,
  bucketSeconds,
  format,
  innerWidth,
  at,
  now,
}: TimeChartProps & { innerWidth: number; at: number | null; now: Date }) {
  const hatch = useId();
  const innerHeight = height - margin.top - margin.bottom;
  const valuesOf = ({ values }: Point) => series.map(({ key }) => values[key] ?? 0);
  const tops = points.map((point) =>
    kind === "bars"
      ? valuesOf(point).reduce((sum, value) => sum + value, 0)
      : Math.max(0, ...valuesOf(point)),
  );
  const ticks = niceTicks(Math.max(0, ...tops));
  const max = ticks[ticks.length - 1] ?? 1;
  const step = innerWidth / Math.max(1, points.length);
  const barWidth = step * (kind === "bars" ? 0.85 : 1);
  const left = (index: number) => index * step + (step - barWidth) / 2;
  const y = (value: number) => innerHeight - (value / max) * innerHeight;
  const dots = (key: string) =>
    points.map(({ values }, index) => {
      const value = values[key] ?? null;
      return value === null ? null : { x: (index + 0.5) * step, y: y(value) };
    });
  return (
    <svg
      aria-hidden="true"
      width={innerWidth + margin.left + margin.right}
      height={height}
      className="block text-[11px]"
    >
      <defs>
        <pattern id={hatch} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={1.5} height={4} className="fill-muted-foreground" />
        </pattern>
      </defs>
      <g transform={`translate(${margin.left},${margin.top})`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x2={innerWidth} y1={y(tick)} y2={y(tick)} className="stroke-border" />
            <text x={-6} y={y(tick)} dy="0.33em" textAnchor="end" className="fill-muted-foreground">
              {format(tick)}
            </text>
          </g>
        ))}
        {at !== null && <rect x={left(at)} width={barWidth} height={innerHeight} className="fill-accent" />}
        {kind === "bars" &&
          points.map((point, index) => {
            let below = 0;
            return series.map(({ key, fill, hatched }) => {
              const value = point.values[key] ?? 0;
              if (value === 0) return null;
              const top = y(below + value);
              const tall = Math.max(1, y(below) - top);
              below += value;
              return (
                <rect
                  key={`${point.from}-${key}`}
                  x={left(index)}
                  y={top}
                  width={barWidth}
                  height={tall}
                  className={hatched ? undefined : fill}
                  fill={hatched ? `url(#${hatch})` : undefined}
                />
              );
            });
          })}
        {kind === "lines" &&
          series.map(({ key, stroke, fill }) => (
            <g key={key}>
              <path d={linePath(dots(key))} className={stroke} strokeWidth={1.5} fill="none" />
              {dots(key).map(
                (dot) => dot && <circle key={dot.x} cx={dot.x} cy={dot.y} r={2} className={fill} />,
              )}
            </g>
          ))}
        {labelledPoints(points.length, { width: innerWidth, room: 90 }).map((index) => {
          const from = points[index]?.from ?? "";
          return (
            <text
              key={from}
              x={(index + 0.5) * step}
              y={innerHeight + 16}
              textAnchor="middle"
              className="fill-muted-foreground"
            >
              {describeTick(from, bucketSeconds, now)}
            </text>
          );
        })}
      </g>
    </svg>
  );
}

/** The present width of an element. */
function useWidth() {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}

/** Shorter than in the text: "14:00", or "20 Nov" if days are shown. */
function describeTick(from: string, bucketSeconds: number, now: Date): string {
  const date = new Date(from);
  return bucketSeconds <= hourSeconds ? formatTime(date) : formatDate(date, now);
}
