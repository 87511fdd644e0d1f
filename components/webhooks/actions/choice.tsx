import { type ReactNode, useId } from "react";
import { RadioGroupItem } from "@/components/ui/radio-group";

/** One choice of a radio group: its name, and in a second line its effect. */
export function Choice({
  value,
  label,
  children,
  extra,
}: {
  value: string;
  label: string;
  children: ReactNode;
  /** Controls of this choice. */
  extra?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex gap-2.5 rounded-md border border-border px-3 py-2.5 has-[input:checked]:border-primary has-[input:checked]:bg-primary-soft/40">
      <RadioGroupItem id={id} value={value} aria-describedby={`${id}-more`} className="mt-0.5" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <label htmlFor={id} className="cursor-pointer font-medium">
          {label}
        </label>
        <p id={`${id}-more`} className="text-muted-foreground">
          {children}
        </p>
        {extra}
      </div>
    </div>
  );
}
