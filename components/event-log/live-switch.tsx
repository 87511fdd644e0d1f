"use client";

import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { Switch } from "@/components/ui/switch";

/**
 * Switches the count of new rows on and off.
 *
 * @param ended the time range has ended, so nothing new can come
 */
export function LiveSwitch({
  live,
  onChange,
  ended,
}: {
  live: boolean;
  onChange: (live: boolean) => void;
  ended: boolean;
}) {
  const id = useId();
  return (
    <span
      className="flex items-center gap-2"
      title={
        ended ? "The time range has ended, so there can be no new events" : "Shows when there are new events"
      }
    >
      <Switch id={id} checked={live && !ended} disabled={ended} onCheckedChange={onChange} />
      <label
        htmlFor={id}
        className={cn("cursor-pointer whitespace-nowrap", ended && "cursor-default text-muted-foreground")}
      >
        Live
      </label>
    </span>
  );
}
