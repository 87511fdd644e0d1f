"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/field";
import { fromDateTimeInput, shownTimeZone, toDateTimeInput } from "@/components/ui/format-time";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { timeRangeMs } from "@/lib/core/time-ranges";
import type { ChangeTime, Time } from "./range-picker";

/** The start and end of the log's time range, in the viewer's zone. `button` opens and closes it. */
export function ExactTimes({
  button,
  time,
  onChange,
}: {
  button: ReactNode;
  time: Time;
  onChange: ChangeTime;
}) {
  const [open, setOpen] = useState(true);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{button}</PopoverTrigger>
      <PopoverContent aria-label="Exact times" align="end" className="w-72">
        <Times time={time} onChange={onChange} onDone={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

function Times({ time, onChange, onDone }: { time: Time; onChange: ChangeTime; onDone: () => void }) {
  const [opened] = useState(() => Date.now());
  const shownFrom = time.from ?? new Date(opened - timeRangeMs[time.range ?? "24h"]);
  const [from, setFrom] = useState(toDateTimeInput(shownFrom));
  const [to, setTo] = useState(time.to ? toDateTimeInput(time.to) : "");
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = {
      from: from ? fromDateTimeInput(from) : null,
      to: to ? fromDateTimeInput(to) : null,
      range: null,
    };
    if (chosen.from && chosen.to && chosen.from >= chosen.to) return setError("must be after the start");
    onChange(chosen);
    onDone();
  };
  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <FormField label="From">
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            step={1}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </FormField>
      <FormField label="To" optional error={error}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            step={1}
            value={to}
            onChange={(event) => {
              setTo(event.target.value);
              setError(undefined);
            }}
          />
        )}
      </FormField>
      <p className="text-muted-foreground text-xs">{shownTimeZone()} time</p>
      <div className="flex justify-end gap-2">
        <Button
          variant="ghost"
          size="sm"
          onClick={() => {
            onChange({ from: null, to: null, range: null });
            onDone();
          }}
        >
          Clear
        </Button>
        <Button type="submit" size="sm">
          Show
        </Button>
      </div>
    </form>
  );
}
