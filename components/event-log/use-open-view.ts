"use client";

import { useSearchParams } from "next/navigation";
import { useSavedViews } from "@/components/data/use-saved-views";
import { type SavedLog, savedViewFilters } from "@/lib/core/saved-views";

/** The filters of an address, in one order: two that are alike are the same text. */
function filtersIn(log: SavedLog, params: URLSearchParams): string {
  const filters = new URLSearchParams();
  for (const name of savedViewFilters[log]) {
    const value = params.get(name);
    if (value !== null) filters.set(name, value);
  }
  return filters.toString();
}

/** The saved view that the address names, if it is one's own and was read, and whether other filters are chosen by now. */
export function useOpenView(log: SavedLog, { enabled = true } = {}) {
  const params = useSearchParams();
  const id = params.get("saved");
  const list = useSavedViews({ enabled: enabled || id !== null });
  const query = filtersIn(log, params);
  const current = list.data?.data.find((view) => view.id === id && view.log === log);
  return {
    list,
    current,
    /** The filters of the address. */
    query,
    changed: current !== undefined && filtersIn(log, new URLSearchParams(current.query)) !== query,
  };
}
