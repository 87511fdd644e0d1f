"use client";

import { useCallback, useLayoutEffect, useRef } from "react";

/**
 * A stable function that calls the one of the last rendering: for handlers of memoized components. It must not be
 * called while rendering.
 */
export function useSteady<Args extends unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
