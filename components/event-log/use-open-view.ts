"use client";

import { useSearchParams } from "next/navigation";
import { useSavedViews } from "@/components/data/use-saved-views";
import { type SavedLog, savedViewFilters } from "@/lib/core/saved-views";

/** The filters of an address, in a fixed order, so that equal ones have equal texts. */
function filtersIn(log: SavedLog, params: URLSearchParams): string {
  const filters = new URLSearchParams();
  for (const name of savedViewFilters[log]) {
    const value = params.get(name);
    if (value !== null) filters.set(name, value);
  }
  return filters.toString();
}

/** The saved view that the address names, if it is the user's and was read, and whether its filters were changed. */
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
