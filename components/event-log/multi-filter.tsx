"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export type FilterOption<Value extends string> = { value: Value; label: string; mono?: boolean };

/** From so many options on, they can be searched. */
const searchedFrom = 10;

/** A filter of which several values may be chosen. */
export function MultiFilter<Value extends string>({
  label,
  options,
  chosen,
  onChange,
  children,
}: {
  label: string;
  options: readonly FilterOption<Value>[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
  /** Below the options. */
  children?: ReactNode;
}) {
  const id = useId();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
  const [first] = chosen;
  const firstLabel = options.find((option) => option.value === first)?.label ?? first;
  return (
    <Popover onOpenChange={() => setSearch("")}>
      <PopoverTrigger asChild>
        <Button
          variant="outline"
          size="sm"
          className={cn("max-w-52", chosen.length > 0 ? "border-primary text-link" : "border-dashed")}
        >
          <span className="truncate">
            {label}
            {chosen.length > 0 && `: ${chosen.length === 1 ? firstLabel : chosen.length}`}
          </span>
          <ChevronDown aria-hidden="true" className="text-muted-foreground" />
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={label} className="w-64 p-1">
        {options.length >= searchedFrom && (
          <Input
            type="search"
            aria-label={`Search ${label.toLowerCase()}`}
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="mb-1 h-7"
          />
        )}
        <ul className="max-h-72 overflow-y-auto">
          {shown.map(({ value, label: text, mono }) => (
            <li key={value} className="flex min-h-7 items-center gap-2 rounded-md px-2 hover:bg-accent">
              <Checkbox
                id={`${id}-${value}`}
                checked={chosen.includes(value)}
                onCheckedChange={(on) =>
                  onChange(on === true ? [...chosen, value] : chosen.filter((one) => one !== value))
                }
              />
              <label
                htmlFor={`${id}-${value}`}
                className={cn("min-w-0 flex-1 cursor-pointer truncate py-1", mono && "font-mono text-xs")}
              >
                {text}
              </label>
            </li>
          ))}
          {shown.length === 0 && <li className="px-2 py-2 text-muted-foreground">Nothing to choose</li>}
        </ul>
        {children}
        {chosen.length > 0 && (
          <div className="mt-1 border-border border-t pt-1">
            <Button variant="ghost" size="sm" className="w-full" onClick={() => onChange([])}>
              Clear
            </Button>
          </div>
        )}
      </PopoverContent>
    </Popover>
  );
}
