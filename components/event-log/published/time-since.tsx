"use client";

import { NativeSelect } from "@/components/ui/native-select";

const minuteMs = 60_000;
const spans = [
  { value: "15m", label: "Last 15 minutes", ms: 15 * minuteMs },
  { value: "1h", label: "Last hour", ms: 60 * minuteMs },
  { value: "24h", label: "Last 24 hours", ms: 24 * 60 * minuteMs },
  { value: "7d", label: "Last 7 days", ms: 7 * 24 * 60 * minuteMs },
  { value: "30d", label: "Last 30 days", ms: 30 * 24 * 60 * minuteMs },
] as const;

/** The start of the time range: a span that ends now, or any time. A range from a link is shown as chosen. */
export function TimeSince({ from, onChange }: { from: Date | null; onChange: (from: Date | null) => void }) {
  const age = from ? Date.now() - from.getTime() : 0;
  // A span that was chosen a while ago is still recognized, within a tenth.
  const chosen = from ? spans.find(({ ms }) => age >= ms && age < ms * 1.1)?.value : "any";
  return (
    <NativeSelect
      aria-label="Time"
      value={chosen ?? "other"}
      onChange={(event) => {
        const span = spans.find((one) => one.value === event.target.value);
        onChange(span ? new Date(Date.now() - span.ms) : null);
      }}
      className="h-7 w-auto px-2 text-xs"
    >
      <option value="any">Any time</option>
      {spans.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
      {!chosen && <option value="other">Another range</option>}
    </NativeSelect>
  );
}
