"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";

export type SwitchProps = Omit<ComponentProps<"input">, "type" | "role" | "onChange" | "checked"> & {
  checked: boolean;
  onCheckedChange?: (checked: boolean) => void;
};

/** A setting that takes effect at once. The browser's own checkbox, in our looks. */
export function Switch({ className, checked, onCheckedChange, ...props }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      checked={checked}
      aria-checked={checked}
      data-slot="switch"
      onChange={(event) => onCheckedChange?.(event.currentTarget.checked)}
      className={cn(
        "inline-flex h-4 w-7 shrink-0 cursor-pointer appearance-none items-center rounded-full bg-input transition-colors duration-150 forced-colors:appearance-auto",
        "before:size-3 before:translate-x-0.5 before:rounded-full before:bg-background before:transition-transform before:duration-150 before:content-['']",
        "checked:bg-primary checked:before:translate-x-[14px] disabled:cursor-not-allowed disabled:opacity-55",
        className,
      )}
      {...props}
    />
  );
}
