"use client";

import { createContext, use } from "react";
import { shownClock } from "./format-time";
import { useNow } from "./use-now";

/** The viewer's clock on the server and while hydrating, so that what is as wide as a time does not widen later. */
export const AssumedClock = createContext<ReturnType<typeof shownClock>>("24h");

/** The clock by which times are shown. */
export function useShownClock(): ReturnType<typeof shownClock> {
  const assumed = use(AssumedClock);
  return useNow(60_000) ? shownClock() : assumed;
}
