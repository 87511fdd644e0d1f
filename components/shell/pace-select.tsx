"use client";

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { paces } from "@/lib/core/replays";

const unlimited = "unlimited";

/** Deliveries a second as text, `null` for no limit: "At most 10 a second". */
export const paceLabel = (pace: number | null): string =>
  pace === null ? "As fast as possible" : `At most ${pace.toLocaleString("en")} a second`;

/**
 * The pace at which many events are sent, in deliveries a second; `null` for no limit. A pace that was set by API is
 * offered, too.
 */
export function PaceSelect({
  pace,
  onChange,
  size,
  ...field
}: {
  pace: number | null;
  onChange: (pace: number | null) => void;
  size?: "sm";
  className?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
}) {
  const offered = [...new Set([...paces, ...(pace === null ? [] : [pace])])].toSorted((a, b) => a - b);
  return (
    <Select
      value={pace === null ? unlimited : String(pace)}
      onValueChange={(value) => onChange(value === unlimited ? null : Number(value))}
    >
      <SelectTrigger size={size} {...field}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {[null, ...offered].map((one) => (
          <SelectItem key={one} value={one === null ? unlimited : String(one)}>
            {paceLabel(one)}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
