"use client";

import { FormField } from "@/components/ui/field";
import { describePace } from "./describe-pace";
import { PaceSelect } from "./pace-select";

/** Asks for the pace of a replay, and says how long it takes. */
export function PaceField({
  count,
  pace,
  onChange,
  className,
}: {
  /** The number of events to send. */
  count: number;
  /** Deliveries a second; `null` for no limit. */
  pace: number | null;
  onChange: (pace: number | null) => void;
  className?: string;
}) {
  return (
    <FormField
      label="Pace"
      description={pace === null ? undefined : `Takes ${describePace(count, pace)}.`}
      className={className}
    >
      {(field) => <PaceSelect {...field} pace={pace} onChange={onChange} />}
    </FormField>
  );
}
