"use client";

import { useSyncExternalStore } from "react";

type Clock = { now: Date; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined };

const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs);
  if (known) return known;
  const clock: Clock = { now: new Date(), listeners: new Set(), timer: undefined };
  clocks.set(everyMs, clock);
  return clock;
}

/**
 * The time now, renewed every `everyMs`; all parts of a page share one timer. `null` on the server and
 * while hydrating, where neither the viewer's clock nor zone is known.
 */
export function useNow(everyMs = 10_000): Date | null {
  return useSyncExternalStore(
    (listener) => {
      const clock = clockOf(everyMs);
      if (clock.listeners.size === 0) {
        clock.now = new Date();
        clock.timer = setInterval(() => {
          clock.now = new Date();
          for (const notify of clock.listeners) notify();
        }, everyMs);
      }
      clock.listeners.add(listener);
      return () => {
        clock.listeners.delete(listener);
        if (clock.listeners.size === 0) clearInterval(clock.timer);
      };
    },
    () => clockOf(everyMs).now,
    () => null,
  );
}
