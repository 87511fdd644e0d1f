"use client";

import { Search } from "lucide-react";
import { useId, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { EventTypeOutput } from "@/lib/contract/event-types";
import { groupEventTypes } from "./group-event-types";

/** Event types to choose from, by group, with counts and a search. `catalogue` is undefined while it loads. */
export function EventTypeTree({
  catalogue,
  chosen,
  onChange,
}: {
  catalogue: readonly EventTypeOutput[] | undefined;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const [search, setSearch] = useState("");
  const id = useId();
  const groups = groupEventTypes(catalogue ?? [], chosen, search);
  const set = (names: string[], on: boolean) => {
    const rest = chosen.filter((name) => !names.includes(name));
    onChange(on ? [...rest, ...names].toSorted() : rest);
  };

  return (
    <div className="rounded-md border border-border">
      <div className="relative border-border border-b">
        <Search aria-hidden="true" className="absolute top-2.5 left-3 size-3.5 text-muted-foreground" />
        <Input
          type="search"
          aria-label="Search event types"
          placeholder="Search event types"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
          }}
          className="border-0 pl-8"
        />
      </div>
      <div className="max-h-80 overflow-y-auto p-1" aria-busy={catalogue === undefined}>
        {catalogue === undefined &&
          Array.from({ length: 5 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            <Skeleton key={index} className="m-2 w-48" />
          ))}
        {catalogue !== undefined && groups.length === 0 && (
          <p className="px-2 py-6 text-center text-muted-foreground">
            {search
              ? `No event type matches “${search}”.`
              : "The catalogue is empty. Publish an event, and its type appears here."}
          </p>
        )}
        {groups.map(({ group, types }) => {
          const names = types.map((type) => type.name);
          const count = names.filter((name) => chosen.includes(name)).length;
          return (
            <fieldset key={group} className="mb-1 min-w-0">
              <legend className="contents">
                <span className="flex min-h-8 items-center gap-2 px-2">
                  <Checkbox
                    id={`${id}-${group}`}
                    checked={count === names.length ? true : count > 0 ? "indeterminate" : false}
                    onCheckedChange={(on) => set(names, on === true)}
                    aria-label={`All of ${group}`}
                  />
                  <label htmlFor={`${id}-${group}`} className="flex-1 cursor-pointer font-medium">
                    {group}
                  </label>
                  <span className="text-muted-foreground text-xs">
                    {count} of {names.length}
                  </span>
                </span>
              </legend>
              {types.map(({ name, description }) => (
                <div
                  key={name}
                  className="flex min-h-7 items-center gap-2 rounded-md pr-2 pl-8 hover:bg-muted"
                >
                  <Checkbox
                    id={`${id}-${name}`}
                    checked={chosen.includes(name)}
                    onCheckedChange={(on) => set([name], on === true)}
                  />
                  <label
                    htmlFor={`${id}-${name}`}
                    className="flex min-w-0 flex-1 cursor-pointer items-baseline gap-3 py-1"
                  >
                    <span className="font-mono text-xs">{name}</span>
                    <span className="truncate text-muted-foreground text-xs max-sm:hidden">
                      {description}
                    </span>
                  </label>
                </div>
              ))}
            </fieldset>
          );
        })}
      </div>
    </div>
  );
}
