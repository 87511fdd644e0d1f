"use client";

import { type ComponentProps, useEffect, useImperativeHandle, useRef } from "react";
import { cn } from "./cn";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "checked" | "onChange"> & {
  checked?: boolean | "indeterminate";
  onCheckedChange?: (checked: boolean) => void;
};

/** The browser's own checkbox, in our looks. */
export function Checkbox({ className, checked, onCheckedChange, ref, ...props }: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => input.current, []);
  useEffect(() => {
    if (input.current) input.current.indeterminate = checked === "indeterminate";
  }, [checked]);
  return (
    <input
      ref={input}
      type="checkbox"
      data-slot="checkbox"
      checked={checked === "indeterminate" ? false : checked}
      onChange={(event) => onCheckedChange?.(event.currentTarget.checked)}
      className={cn(
        "grid size-4 shrink-0 cursor-pointer appearance-none place-items-center rounded-sm border border-input bg-background transition-colors duration-100 forced-colors:appearance-auto",
        // The mark is only rendered if it is checked, which matters with hundreds of checkboxes.
        "before:size-2.5 before:bg-primary-foreground before:[clip-path:polygon(14%_46%,0_62%,40%_98%,100%_20%,84%_6%,38%_68%)]",
        "checked:border-primary checked:bg-primary checked:before:content-['']",
        "indeterminate:border-primary indeterminate:bg-primary indeterminate:before:content-[''] indeterminate:before:[clip-path:inset(40%_5%)]",
        "disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger",
        className,
      )}
      {...props}
    />
  );
}
