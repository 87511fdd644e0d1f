"use client";

import type { ComponentProps, ReactNode } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { FilterOptions } from "./filter-options";

/** The opened popover of a filter's options. `button` opens and closes it. */
export function FilterPopover({
  button,
  ...options
}: ComponentProps<typeof FilterOptions> & { button: ReactNode }) {
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{button}</PopoverTrigger>
      <PopoverContent aria-label={options.label} className="w-64 p-1">
        <FilterOptions {...options} />
      </PopoverContent>
    </Popover>
  );
}
