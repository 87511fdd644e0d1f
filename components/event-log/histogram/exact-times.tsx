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

/** Keeps years at four digits, in UTC too. */
const latest = "9999-12-30T23:59:59";

function Times({ time, onChange, onDone }: { time: Time; onChange: ChangeTime; onDone: () => void }) {
  const [opened] = useState(() => Date.now());
  const shownFrom = time.from ?? new Date(opened - timeRangeMs[time.range ?? "24h"]);
  const [from, setFrom] = useState(toDateTimeInput(shownFrom));
  const [to, setTo] = useState(time.to ? toDateTimeInput(time.to) : "");
  const [errors, setErrors] = useState<{ from?: string; to?: string }>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const isHalfFilled = (name: string) => {
      const input = event.currentTarget.elements.namedItem(name);
      return input instanceof HTMLInputElement && input.validity.badInput;
    };
    const chosen = {
      from: from === toDateTimeInput(shownFrom) ? shownFrom : from ? fromDateTimeInput(from) : null,
      to: time.to && to === toDateTimeInput(time.to) ? time.to : to ? fromDateTimeInput(to, "last") : null,
      range: null,
    };
    const incomplete = "must have a date and a time";
    if (isHalfFilled("from")) return setErrors({ from: incomplete });
    if (isHalfFilled("to")) return setErrors({ to: incomplete });
    const tooOld = "must be in 1970 or later";
    if (chosen.from && chosen.from.getTime() < 0) return setErrors({ from: tooOld });
    if (chosen.to && chosen.to.getTime() < 0) return setErrors({ to: tooOld });
    if (chosen.from && chosen.from.getTime() > Date.now()) return setErrors({ from: "must be in the past" });
    if (chosen.from && chosen.to && chosen.from >= chosen.to) {
      return setErrors({ to: "must be after the start" });
    }
    onChange(chosen);
    onDone();
  };
  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <FormField label="From" error={errors.from}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            step={1}
            name="from"
            max={latest}
            value={from}
            onChange={(event) => {
              setFrom(event.target.value);
              setErrors({});
            }}
          />
        )}
      </FormField>
      <FormField label="To" optional error={errors.to}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            step={1}
            name="to"
            max={latest}
            value={to}
            onChange={(event) => {
              setTo(event.target.value);
              setErrors({});
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
