import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A placeholder while something loads. The list around it has `aria-busy`. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden="true"
      className={cn("h-4 animate-pulse rounded-sm bg-accent motion-reduce:animate-none", className)}
      {...props}
    />
  );
}
