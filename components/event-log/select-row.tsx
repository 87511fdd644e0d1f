import { memo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { LogItem } from "./log-rows";
import type { Selection } from "./use-selection";

/** Selects one row. The surrounding element handles the click, so that the target is larger. */
export function SelectRow({ row, selected }: { row: DeliveryOutput; selected: boolean }) {
  return (
    <Checkbox
      aria-label={`Select ${row.type}`}
      title="Select (X)"
      checked={selected}
      className="inline-grid align-middle"
    />
  );
}

/** Selects all listed rows, or none. It goes through all of them, so it is not rendered again by scrolling. */
export const SelectAll = memo(function SelectAll({
  selection,
  items,
}: {
  selection: Selection;
  items: readonly LogItem[];
}) {
  const rows = items.filter(({ kind }) => kind === "row");
  const selected = selection.ids.size === 0 ? 0 : rows.filter(({ id }) => selection.ids.has(id)).length;
  return (
    <Checkbox
      aria-label={`Select all ${rows.length.toLocaleString("en")} on this page`}
      title="Select all on this page"
      checked={selected === 0 ? false : selected === rows.length || "indeterminate"}
      onCheckedChange={selection.toggleAll}
      className="inline-grid align-middle"
    />
  );
});
