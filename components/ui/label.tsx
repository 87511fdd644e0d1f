import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Label({ className, htmlFor, ...props }: ComponentProps<"label"> & { htmlFor: string }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: `htmlFor` is required, the text comes as children
    <label
      data-slot="label"
      htmlFor={htmlFor}
      className={cn("block select-none font-medium text-sm", className)}
      {...props}
    />
  );
}
