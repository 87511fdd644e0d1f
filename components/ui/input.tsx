import type { ComponentProps } from "react";
import { cn } from "./cn";

export const inputClasses =
  "w-full min-w-0 rounded-md border border-input bg-background px-2.5 text-sm text-foreground placeholder:text-muted-foreground transition-colors duration-100 focus-visible:border-ring focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-muted disabled:opacity-70 aria-invalid:border-danger read-only:bg-muted";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input data-slot="input" type={type} className={cn(inputClasses, "h-8", className)} {...props} />;
}
