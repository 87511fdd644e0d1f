import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { Selection } from "./use-selection";

/** Selects one row. The element around it takes the click, so that it need not be aimed at. */
export function SelectRow({
  row,
  selection,
  className,
}: {
  row: DeliveryOutput;
  selection: Selection;
  className?: string;
}) {
  return (
    <Checkbox
      aria-label={`Select ${row.type}`}
      title="Select (X)"
      checked={selection.ids.has(row.id)}
      className={cn("inline-grid align-middle", className)}
    />
  );
}

/** Selects all rows that are listed, or none. */
export function SelectAll({ selection, ids }: { selection: Selection; ids: readonly string[] }) {
  const selected = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <Checkbox
      aria-label={`Select all ${ids.length.toLocaleString("en")} on this page`}
      title="Select all on this page"
      checked={selected === 0 ? false : selected === ids.length || "indeterminate"}
      onCheckedChange={selection.toggleAll}
      className="inline-grid align-middle"
    />
  );
}
