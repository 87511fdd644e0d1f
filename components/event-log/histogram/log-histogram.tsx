"use client";

import { type KeyboardEvent, type PointerEvent, useId, useState } from "react";
import { isRefused } from "@/components/data/list-failure";
import { useWebhooks } from "@/components/data/use-webhooks";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatMoment, formatSpan } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { useReadError } from "@/components/ui/use-read-error";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { HistogramOutput } from "@/lib/contract/histogram";
import type { Outcome } from "@/lib/core/outcomes";
import type { TimeRange } from "@/lib/core/time-ranges";
import { histogramHeight } from "./histogram-height";
import { describeMark, HistogramMarks } from "./histogram-marks";
import {
  bucketAt,
  countAll,
  describeCounts,
  marksBetween,
  partHeights,
  rangeOfBuckets,
  sumBuckets,
} from "./histogram-model";
import { type ChangeTime, RangePicker, rangeLabels } from "./range-picker";
import { useHistogram } from "./use-histogram";

const height = 56;

const partClasses: Record<Outcome, string> = {
  succeeded: "bg-success/70",
  waiting: "bg-warning/40",
  retrying: "bg-warning",
  failed: "bg-danger",
  held: "hatched",
  discarded: "bg-muted-foreground/40",
};

export type LogHistogramProps = {
  filter: DeliveriesFilter;
  time: { from: Date | null; to: Date | null; range: TimeRange | null };
  onChange: ChangeTime;
  /** Whether marks name their webhook. */
  named: boolean;
};

/** The log's deliveries over time. Dragging, or Shift and the arrow keys, sets the log's time range. */
export function LogHistogram({ filter, time, onChange, named }: LogHistogramProps) {
  const query = useHistogram(filter);
  const failure = useReadError(query);
  const now = useNow(60_000);
  const [at, setAt] = useState<number | null>(null);
  /** What a selection began in is shown until it ends: its bars must not move on meanwhile. */
  const [selecting, setSelecting] = useState<{ start: number; histogram: HistogramOutput } | null>(null);
  const data = selecting?.histogram ?? query.data;
  const list = useWebhooks();
  const names = new Map(list.data?.data.map(({ id, name }) => [id, name]));
  const webhookName = (id: string) => names.get(id) ?? "Deleted webhook";
  const describeFrom = (a: number, b: number) =>
    data && now ? describeBuckets(data, [a, b], now, named ? webhookName : undefined) : null;
  const pointed = at === null ? null : describeFrom(selecting?.start ?? at, at);
  return (
    <section aria-label="Deliveries over time" className={cn("flex flex-col", histogramHeight)}>
      <div className="flex h-8 items-center justify-between gap-3 @max-xl:h-16 @max-md:h-20 @max-xl:flex-col-reverse @max-xl:items-start @max-md:items-stretch @max-xl:gap-1">
        {/* What is longer than its place stands over the bars while it is read: nothing moves. */}
        <p className="@max-md:h-12 @max-xl:h-8 max-h-12 min-w-0 text-muted-foreground text-xs/4">
          {time.from && time.to && time.from >= time.to ? (
            "The time range ends before it starts."
          ) : isRefused(failure) ? null : failure ? (
            <span className="flex items-center gap-2">
              The chart could not be loaded.
              <Button variant="outline" size="sm" className="h-6" onClick={() => void query.refetch()}>
                Try again
              </Button>
            </span>
          ) : (
            data &&
            now && (
              <span className="pointer-events-none relative z-10 block bg-background">
                <Readout histogram={data} pointed={pointed} time={time} now={now} />
              </span>
            )
          )}
        </p>
        <RangePicker time={time} onChange={onChange} />
      </div>
      <div className={cn("relative", query.isPlaceholderData && "opacity-60")}>
        <HistogramMarks histogram={data} webhookName={named ? webhookName : undefined} now={now} />
        {data ? (
          <Bars
            histogram={data}
            at={at}
            onAt={setAt}
            start={selecting?.start ?? null}
            onStart={(start) => setSelecting(start === null ? null : { start, histogram: data })}
            onSelect={onChange}
            describeFrom={describeFrom}
          />
        ) : (
          <div aria-hidden="true" style={{ height }} className="border-border border-b" />
        )}
        <Axis histogram={data} now={now} />
      </div>
    </section>
  );
}

/** The buckets at the pointer or the keyboard, or selected; otherwise all that are shown. */
function Readout({
  histogram,
  pointed,
  time,
  now,
}: Pick<LogHistogramProps, "time"> & { histogram: HistogramOutput; pointed: Described | null; now: Date }) {
  if (pointed) {
    return (
      <>
        <span className="font-medium text-foreground">{pointed.times}</span> {pointed.counts}
        {pointed.marks && ` · ${pointed.marks}`}
      </>
    );
  }
  const span = time.range
    ? rangeLabels[time.range].long
    : time.to
      ? `24 hours until ${formatMoment(time.to, now)}`
      : "Last 24 hours";
  return (
    <>
      {!time.from && <span className="font-medium text-foreground">{span}</span>}{" "}
      {describeCounted(histogram.total, histogram, now)}
    </>
  );
}

/** The counts of a range (of all without one), and from when on they are complete: nothing counted may be something. */
function describeCounted(
  counts: Record<Outcome, number>,
  { countedFrom }: HistogramOutput,
  now: Date,
  range?: { from: Date; to: Date },
): string {
  const since = countedFrom === null ? null : new Date(countedFrom);
  if (since === null || (range && range.from >= since)) return describeCounts(counts);
  const moment = formatMoment(since, now);
  if (countAll(counts) > 0) return `${describeCounts(counts)} · not all counted before ${moment}`;
  return range && range.to <= since
    ? `Not counted before ${moment}`
    : `No events since ${moment} · older ones are not counted`;
}

type Described = { times: string; counts: string; marks: string };

/** More marks of a range than these are only counted. */
const namedMarksMax = 2;

/** The time of one or several buckets in the viewer's zone, their counts, and what state changes are among them. */
function describeBuckets(
  histogram: HistogramOutput,
  [a, b]: [number, number],
  now: Date,
  webhookName: ((id: string) => string) | undefined,
): Described | null {
  const range = rangeOfBuckets(histogram, a, b);
  if (!range) return null;
  const marks = marksBetween(histogram.marks, range);
  const more = marks.length - namedMarksMax;
  const named = marks
    .slice(0, namedMarksMax)
    .map((mark) => describeMark(mark, now, webhookName?.(mark.endpointId)));
  return {
    times: formatSpan(range.from, range.to, now),
    counts: describeCounted(sumBuckets(histogram.data, a, b), histogram, now, range),
    marks: [...named, ...(more > 0 ? [`${more} more state ${more === 1 ? "change" : "changes"}`] : [])].join(
      " · ",
    ),
  };
}

function Bars({
  histogram,
  at,
  onAt,
  start,
  onStart: setStart,
  onSelect,
  describeFrom,
}: {
  histogram: HistogramOutput;
  at: number | null;
  onAt: (index: number | null) => void;
  /** Where a selection began; it ends at `at`. */
  start: number | null;
  onStart: (index: number | null) => void;
  onSelect: ChangeTime;
  describeFrom: (a: number, b: number) => Described | null;
}) {
  const { data, total } = histogram;
  const hintId = useId();
  const max = Math.max(1, ...data.map(countAll));
  const cursor = at ?? data.length - 1;
  const current = describeFrom(start ?? cursor, cursor);
  const [first, last] = start === null ? [at, at] : [Math.min(start, cursor), Math.max(start, cursor)];

  const placeOf = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return bucketAt((clientX - left) / width, data.length);
  };
  const select = (from: number, to: number) => {
    const range = rangeOfBuckets(histogram, from, to);
    setStart(null);
    if (range) onSelect({ ...range, range: null });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
    const step = steps[event.key];
    const ends: Record<string, number> = { Home: 0, End: data.length - 1 };
    const next =
      step === undefined ? ends[event.key] : bucketAt((cursor + step + 0.5) / data.length, data.length);
    if (next !== undefined) {
      event.preventDefault();
      setStart(event.shiftKey ? (start ?? cursor) : null);
      onAt(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(start ?? cursor, cursor);
    } else if (event.key === "Escape" && start !== null) {
      // It would also close the sheet.
      event.preventDefault();
      setStart(null);
    }
  };

  return (
    <>
      <p id={hintId} className="sr-only">
        {describeCounts(total)}. Arrow keys move by one bar, Shift and arrow keys select several, and Enter
        shows what is selected in the log.
      </p>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-describedby={hintId}
        aria-valuemin={0}
        aria-valuemax={data.length - 1}
        aria-valuenow={cursor}
        aria-valuetext={
          current ? [`${current.times}: ${current.counts}`, current.marks].filter(Boolean).join(". ") : ""
        }
        className="flex cursor-crosshair select-none items-end border-border border-b"
        style={{ height, touchAction: "pan-y" }}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && onAt(cursor)}
        onBlur={() => {
          onAt(null);
          setStart(null);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setStart(placeOf(event));
          onAt(placeOf(event));
        }}
        onPointerMove={(event) => onAt(placeOf(event))}
        onPointerUp={(event) => start !== null && select(start, placeOf(event))}
        onPointerCancel={() => {
          onAt(null);
          setStart(null);
        }}
        onPointerLeave={() => {
          if (start === null) onAt(null);
        }}
      >
        {data.map((bucket, index) => (
          <span
            key={bucket.from}
            aria-hidden="true"
            className={cn(
              "flex h-full min-w-0 flex-1 flex-col-reverse",
              data.length <= 60 ? "px-px" : "pr-px",
              first !== null && last !== null && index >= first && index <= last && "bg-accent",
              start !== null &&
                last !== null &&
                first !== null &&
                (index < first || index > last) &&
                "opacity-50",
            )}
          >
            {partHeights(bucket, { max, height: height - 2 }).map(({ outcome, px }) => (
              <span
                key={outcome}
                data-outcome={outcome}
                className={cn("block shrink-0", partClasses[outcome])}
                style={{ height: px }}
              />
            ))}
          </span>
        ))}
      </div>
    </>
  );
}

/** The times at both ends and in the middle. */
function Axis({ histogram, now }: { histogram: HistogramOutput | undefined; now: Date | null }) {
  const ends = histogram && [Date.parse(histogram.from), Date.parse(histogram.to)];
  const times =
    ends?.[0] !== undefined && ends[1] !== undefined ? [ends[0], (ends[0] + ends[1]) / 2, ends[1]] : [];
  return (
    <div
      aria-hidden="true"
      className="flex h-4 justify-between pt-0.5 text-[11px] text-muted-foreground leading-4"
    >
      {now && times.map((time) => <span key={time}>{formatMoment(new Date(time), now)}</span>)}
    </div>
  );
}
