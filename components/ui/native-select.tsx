import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputClasses } from "./input";

/** A native select that looks like our own, for pages that our own would make much larger. */
export function NativeSelect({ className, ...props }: ComponentProps<"select">) {
  return (
    <select
      className={cn(inputClasses, "chevron h-8 appearance-none read-only:bg-background", className, "pr-7")}
      {...props}
    />
  );
}
