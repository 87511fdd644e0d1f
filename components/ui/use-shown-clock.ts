"use client";

import { shownClock } from "./format-time";
import { useNow } from "./use-now";

/** The clock by which times are shown: of 24 hours until the viewer's is known. */
export function useShownClock(): ReturnType<typeof shownClock> {
  return useNow(60_000) ? shownClock() : "24h";
}
