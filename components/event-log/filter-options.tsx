"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import type { FilterOption } from "./multi-filter";

/** With this many options or more, they can be searched. */
const searchedFrom = 10;

/** The options of a filter; its first control is focused when it opens. */
export function FilterOptions({
  label,
  options,
  chosen,
  onAdd,
  onRemove,
  onClear,
  children,
}: {
  label: string;
  options: readonly FilterOption<string>[];
  chosen: readonly string[];
  onAdd: (value: string) => void;
  onRemove: (value: string) => void;
  onClear: () => void;
  children?: ReactNode;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
  useEffect(() => focusFirst(box.current), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its controls are reached with Tab, too
    <div ref={box} onKeyDown={moveOrChoose}>
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
        {shown.map(({ value, label: text, mono, detail }) => (
          <li key={value} className="flex min-h-7 items-center gap-2 rounded-md px-2 hover:bg-accent">
            <Checkbox
              id={`${id}-${value}`}
              checked={chosen.includes(value)}
              onCheckedChange={(on) => (on === true ? onAdd : onRemove)(value)}
            />
            <label
              htmlFor={`${id}-${value}`}
              className={cn("min-w-0 flex-1 cursor-pointer truncate py-1", mono && "font-mono text-xs")}
            >
              {text}
            </label>
            {detail && <span className="text-muted-foreground text-xs tabular-nums">{detail}</span>}
          </li>
        ))}
        {shown.length === 0 && <li className="px-2 py-2 text-muted-foreground">Nothing to choose</li>}
      </ul>
      {children}
      {chosen.length > 0 && (
        <div className="mt-1 border-border border-t pt-1">
          <Button
            variant="ghost"
            size="sm"
            className="w-full"
            onClick={() => {
              // The button vanishes with the last choice.
              focusFirst(box.current);
              onClear();
            }}
          >
            Clear
          </Button>
        </div>
      )}
    </div>
  );
}

/** The arrow keys move between the search and the options, Enter chooses an option. */
function moveOrChoose(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>("input[type=search], ul input")];
  const at = event.target instanceof HTMLElement ? fields.indexOf(event.target) : -1;
  if (at === -1) return;
  if (step) fields[Math.min(Math.max(at + step, 0), fields.length - 1)]?.focus();
  else if (event.key === "Enter") fields[at]?.click();
  else return;
  event.preventDefault();
}

function focusFirst(box: HTMLElement | null): void {
  box?.querySelector<HTMLElement>("input, button")?.focus();
}
