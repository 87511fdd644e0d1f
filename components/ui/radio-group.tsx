"use client";

import { type ComponentProps, createContext, use, useId } from "react";
import { cn } from "./cn";

type RadioGroupState = { name: string; value: string | undefined; onValueChange?: (value: string) => void };

const RadioGroupContext = createContext<RadioGroupState | null>(null);

export type RadioGroupProps = ComponentProps<"div"> & {
  value?: string;
  onValueChange?: (value: string) => void;
};

/** Choices of which one is selected. Give it an `aria-label` or `aria-labelledby`. */
export function RadioGroup({ className, value, onValueChange, ...props }: RadioGroupProps) {
  const name = useId();
  return (
    <RadioGroupContext value={{ name, value, onValueChange }}>
      <div role="radiogroup" data-slot="radio-group" className={cn("grid gap-2", className)} {...props} />
    </RadioGroupContext>
  );
}

/** The browser's own radio button, in our looks. */
export function RadioGroupItem({
  className,
  value,
  ...props
}: Omit<ComponentProps<"input">, "type" | "name" | "checked" | "onChange" | "value"> & { value: string }) {
  const group = use(RadioGroupContext);
  if (!group) throw new Error("A RadioGroupItem must be inside of a RadioGroup");
  return (
    <input
      type="radio"
      data-slot="radio-group-item"
      name={group.name}
      value={value}
      checked={group.value === value}
      onChange={() => group.onValueChange?.(value)}
      className={cn(
        "grid size-4 shrink-0 cursor-pointer appearance-none place-items-center rounded-full border border-input bg-background transition-colors duration-100 forced-colors:appearance-auto",
        "before:size-1.5 before:rounded-full before:bg-primary-foreground before:opacity-0 before:content-['']",
        "checked:border-primary checked:bg-primary checked:before:opacity-100",
        "disabled:cursor-not-allowed disabled:opacity-55",
        className,
      )}
      {...props}
    />
  );
}
