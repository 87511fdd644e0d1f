"use client";

import { FormField } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { describePace } from "./held-messages";

/** Events a second that a replay can be slowed down to. */
const paces = [1, 5, 10, 50, 100];
const unlimited = "unlimited";

/** How quickly what was held is sent; `null` for as quickly as the webhook answers. */
export function PaceField({
  count,
  pace,
  onChange,
}: {
  count: number;
  pace: number | null;
  onChange: (pace: number | null) => void;
}) {
  return (
    <FormField
      label="Pace"
      description={pace === null ? undefined : `Takes ${describePace(count, pace)}.`}
      className="max-w-64"
    >
      {(field) => (
        <Select
          value={pace === null ? unlimited : String(pace)}
          onValueChange={(value) => onChange(value === unlimited ? null : Number(value))}
        >
          <SelectTrigger {...field}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={unlimited}>As fast as it answers</SelectItem>
            {paces.map((one) => (
              <SelectItem key={one} value={String(one)}>
                At most {one} a second
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </FormField>
  );
}
