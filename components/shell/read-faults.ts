import type { Query, QueryCache, QueryCacheNotifyEvent } from "@tanstack/react-query";
import { ApiError } from "@/lib/api-client/api-error";
import { isTemporary } from "@/lib/api-client/polled";

export type ReadFault = { since: Date; error: Error };

/** Statuses with which a proxy, or Posthorn while it starts, stops or has no database, says that it is unavailable. */
const awayStatuses = [0, 502, 503, 504];

/**
 * Detects that a page's data cannot be read again: watches all queries, and reports the first fault until all visible
 * ones have been read again. A single failed try is not a fault yet.
 */
export class ReadFaults {
  readonly #queries: QueryCache;
  readonly #faults = new Map<string, ReadFault & { counts: boolean }>();
  readonly #listeners = new Set<() => void>();
  #reported: ReadFault | null = null;

  constructor(queries: QueryCache) {
    this.#queries = queries;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const unsubscribe = this.#queries.subscribe((event) => this.#take(event));
    return () => {
      this.#listeners.delete(listener);
      unsubscribe();
    };
  };

  readonly read = (): ReadFault | null => this.#reported;

  #take(event: QueryCacheNotifyEvent): void {
    const { query } = event;
    if (event.type === "removed" || !query.isActive()) this.#faults.delete(query.queryHash);
    else if (event.type === "updated") {
      const { action } = event;
      if (action.type === "success" && !action.manual) this.#faults.delete(query.queryHash);
      if (action.type === "failed") this.#add(query, action.error, action.failureCount > 1);
      if (action.type === "error") this.#add(query, action.error, true);
    }
    const [first = null] = [...this.#faults.values()].filter(({ counts }) => counts);
    if (first?.since === this.#reported?.since && first?.error === this.#reported?.error) return;
    this.#reported = first;
    for (const notify of this.#listeners) notify();
  }

  #add({ queryHash, state }: Query, error: Error, lasts: boolean): void {
    // What is gone says so where it was shown, and no further try brings it back.
    if (error instanceof ApiError && error.status === 404) {
      this.#faults.delete(queryHash);
      return;
    }
    // A part that was never read shows its own error; that nothing can be read is reported once for all.
    const isAway = error instanceof ApiError && awayStatuses.includes(error.status);
    if (!isAway && state.data === undefined) return;
    const known = this.#faults.get(queryHash);
    const isSlow = error instanceof ApiError && error.code === "timed_out";
    this.#faults.set(queryHash, {
      since: known?.since ?? new Date(),
      error,
      counts: lasts || isSlow || known?.counts === true,
    });
  }
}

/** The text for a fault: that there is no connection, since when, and the server's message, if any. */
export function describeFault({ error }: ReadFault, since: string): { title: string; detail: string | null } {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 401) return { title: `Signed out since ${since}`, detail: null };
  if (!isTemporary(error)) return { title: `Not up to date since ${since}`, detail: error.message };
  return {
    title: `Not connected since ${since}, trying again`,
    detail: status === 0 ? null : `The server answered ${status}.`,
  };
}
