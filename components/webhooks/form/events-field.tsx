"use client";

import dynamic from "next/dynamic";
import { Suspense, useId } from "react";
import { FieldError } from "@/components/ui/field";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import type { EventTypeOutput } from "@/lib/contract/event-types";

const EventTypeTree = dynamic(async () => (await import("./event-type-tree")).EventTypeTree);

/** Which events a webhook gets: all, including future ones (`null`), or some of the catalogue. */
export function EventsField({
  value,
  catalogue,
  catalogueFailed,
  error,
  onChange,
}: {
  value: string[] | null;
  /** Undefined while it loads. */
  catalogue: readonly EventTypeOutput[] | undefined;
  catalogueFailed: boolean;
  error: string | undefined;
  onChange: (value: string[] | null) => void;
}) {
  const id = useId();
  return (
    <fieldset className="grid min-w-0 gap-3" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 font-semibold text-base">Events</legend>
      <p className="text-muted-foreground">
        Choose only the events you need. You can change this at any time.
      </p>
      <RadioGroup
        aria-label="Which events"
        value={value === null ? "all" : "some"}
        onValueChange={(choice) => onChange(choice === "all" ? null : (value ?? []))}
      >
        <span className="flex items-center gap-2">
          <RadioGroupItem id={`${id}-all`} value="all" />
          <label htmlFor={`${id}-all`} className="cursor-pointer">
            All events, including future ones
          </label>
        </span>
        <span className="flex items-center gap-2">
          <RadioGroupItem id={`${id}-some`} value="some" />
          <label htmlFor={`${id}-some`} className="cursor-pointer">
            Only these
            {value !== null && <span className="text-muted-foreground"> · {value.length} chosen</span>}
          </label>
        </span>
      </RadioGroup>
      {value !== null &&
        (catalogueFailed && catalogue === undefined ? (
          <FieldError>The event types could not be loaded. Reload the page to try again.</FieldError>
        ) : (
          <Suspense fallback={<Skeleton className="h-80" />}>
            <EventTypeTree catalogue={catalogue} chosen={value} onChange={onChange} />
          </Suspense>
        ))}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </fieldset>
  );
}
