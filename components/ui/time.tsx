"use client";

import type { ReactNode } from "react";
import { cn } from "./cn";
import { formatClock, formatDay, formatFull, formatRelative } from "./format-time";
import { Tooltip } from "./tooltip";
import { useNow } from "./use-now";

type TimeProps = {
  /** RFC 3339. */
  value: string;
  className?: string;
};

/** "2 minutes ago", updated continuously; the exact time on hover. */
export function RelativeTime({ value, className }: TimeProps) {
  const now = useNow();
  const date = new Date(value);
  return (
    <TimeTip value={value} className={className}>
      {now ? formatRelative(date, date.getTime() > now.getTime() ? new Date() : now) : value.slice(0, 10)}
    </TimeTip>
  );
}

/**
 * `14:32:07.412` in the viewer's zone; both forms on hover.
 *
 * @param day before it: always, or only if it is not today
 * @param fractionClassName of the milliseconds, which may be hidden where there is little room
 */
export function AbsoluteTime({
  value,
  className,
  day = false,
  fractionClassName,
}: TimeProps & { day?: boolean | "unless today"; fractionClassName?: string }) {
  const now = useNow(60_000);
  const date = new Date(value);
  const dayShown = now && day !== false ? formatDay(date, now) : "";
  const prefix = dayShown === "" || (day !== true && dayShown === "Today") ? "" : `${dayShown} `;
  return (
    <TimeTip value={value} className={cn("font-mono text-xs", className)}>
      {prefix}
      <Clock text={now ? formatClock(date) : value.slice(11, 23)} fractionClassName={fractionClassName} />
    </TimeTip>
  );
}

function Clock({ text, fractionClassName }: { text: string; fractionClassName: string | undefined }) {
  const [fraction] = /\.\d{3}/.exec(text) ?? [];
  if (fraction === undefined || fractionClassName === undefined) return text;
  const [seconds, rest] = text.split(fraction);
  return (
    <>
      {seconds}
      <span className={fractionClassName}>{fraction}</span>
      {rest}
    </>
  );
}

function TimeTip({ value, className, children }: TimeProps & { children: ReactNode }) {
  return (
    <Tooltip content={<TimeDetail value={value} />}>
      <time dateTime={value} className={cn("whitespace-nowrap", className)}>
        {children}
      </time>
    </Tooltip>
  );
}

function TimeDetail({ value }: { value: string }) {
  const now = useNow(1_000) ?? new Date();
  const date = new Date(value);
  return (
    <span className="grid">
      <span>{formatFull(date)}</span>
      <span>{formatRelative(date, now)}</span>
      <span className="font-mono">{value}</span>
    </span>
  );
}
