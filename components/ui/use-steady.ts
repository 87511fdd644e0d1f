"use client";

import { useCallback, useLayoutEffect, useRef } from "react";

/**
 * A function that stays the same, and does what the one of the last render does: for handlers of parts that are drawn
 * anew only if something of them has changed. It is not to be called while rendering.
 */
export function useSteady<Args extends unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
