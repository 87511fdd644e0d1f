import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Stands where something will be. The list around it says `aria-busy`. */
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
