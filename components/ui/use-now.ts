"use client";

import { useSyncExternalStore } from "react";

/** One timer for all parts of a page that show the time; it runs while there are listeners. */
class Clock {
  now = new Date();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly everyMs: number) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      this.now = new Date();
      this.#timer = setInterval(() => {
        this.now = new Date();
        for (const notify of this.#listeners) notify();
      }, this.everyMs);
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearInterval(this.#timer);
    };
  };

  readonly read = (): Date => this.now;
}

const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const clock = clocks.get(everyMs) ?? new Clock(everyMs);
  clocks.set(everyMs, clock);
  return clock;
}

/**
 * The present time, renewed every `everyMs`. `null` on the server and while hydrating, when neither the viewer's
 * clock nor zone is known.
 */
export function useNow(everyMs = 10_000): Date | null {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(clock.subscribe, clock.read, () => null);
}
