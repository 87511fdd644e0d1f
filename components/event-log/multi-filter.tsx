"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { LoadOnUse } from "@/components/ui/load-on-use";

const load = () => import("./filter-popover");
const FilterPopover = dynamic(async () => (await load()).FilterPopover);

export type FilterOption<Value extends string> = {
  value: Value;
  label: string;
  mono?: boolean;
  /** Shown after the label, like a count. */
  detail?: ReactNode;
};

/** A filter with several selectable values; its options load when it is first opened. */
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
  const [first] = chosen;
  const firstLabel = options.find((option) => option.value === first)?.label ?? first;
  const add = (text: string) => {
    const option = options.find(({ value }) => value === text);
    if (option) onChange([...chosen, option.value]);
  };
  const button = (
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
  );
  return (
    <LoadOnUse popup="dialog" button={button} load={load}>
      <FilterPopover
        button={button}
        label={label}
        options={options}
        chosen={chosen}
        onAdd={add}
        onRemove={(text) => onChange(chosen.filter((one) => one !== text))}
        onClear={() => onChange([])}
      >
        {children}
      </FilterPopover>
    </LoadOnUse>
  );
}
