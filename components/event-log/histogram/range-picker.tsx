"use client";

import { CalendarClock } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { LoadOnUse } from "@/components/ui/load-on-use";
import { type TimeRange, timeRanges } from "@/lib/core/time-ranges";

const load = () => import("./exact-times");
const ExactTimes = dynamic(async () => (await load()).ExactTimes);

export type Time = { from: Date | null; to: Date | null; range: TimeRange | null };
export type ChangeTime = (time: Time) => void;

export const rangeLabels: Record<TimeRange, { short: string; long: string }> = {
  "15m": { short: "15 min", long: "Last 15 minutes" },
  "1h": { short: "1 h", long: "Last hour" },
  "24h": { short: "24 h", long: "Last 24 hours" },
  "7d": { short: "7 d", long: "Last 7 days" },
  "30d": { short: "30 d", long: "Last 30 days" },
};

/** Ranges that end now, and exact times. Pressing a chosen range again clears it. */
export function RangePicker({ time, onChange }: { time: Time; onChange: ChangeTime }) {
  const isExact = time.from !== null || time.to !== null;
  const exact = (
    <Button
      variant="outline"
      size="sm"
      aria-label="Exact times"
      className={cn("h-6 rounded-l-none border-l-0 px-2", isExact && "bg-accent text-foreground")}
    >
      <CalendarClock aria-hidden="true" />
    </Button>
  );
  return (
    <fieldset aria-label="Time range" className="flex shrink-0">
      {timeRanges.map((range, index) => (
        <Button
          key={range}
          variant="outline"
          size="sm"
          aria-label={rangeLabels[range].long}
          aria-pressed={time.range === range}
          className={cn(
            "h-6 rounded-none border-l-0 px-2 font-normal text-muted-foreground text-xs aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground @max-md:flex-1",
            index === 0 && "rounded-l-md border-l",
          )}
          onClick={() => onChange({ from: null, to: null, range: time.range === range ? null : range })}
        >
          {rangeLabels[range].short}
        </Button>
      ))}
      <LoadOnUse popup="dialog" button={exact} load={load}>
        <ExactTimes button={exact} time={time} onChange={onChange} />
      </LoadOnUse>
    </fieldset>
  );
}
