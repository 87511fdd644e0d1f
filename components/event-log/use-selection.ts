"use client";

import { useState } from "react";
import { replayedIdsMax } from "@/lib/core/replays";

export type Selection = {
  ids: ReadonlySet<string>;
  /** Whether as many are selected as can be sent again together. */
  full: boolean;
  /** Selects or deselects a row; with `range` also all rows between it and the previously chosen one. */
  toggle: (id: string, range: boolean) => void;
  /** Selects all listed rows, or none if all are already selected. */
  toggleAll: () => void;
  clear: () => void;
};

const none: ReadonlySet<string> = new Set();

/**
 * Selected rows of the log. They stay selected while rows are added, change and are listed again, until the filters
 * change.
 *
 * @param listed ids of the rows, in the order shown
 * @param filter what the log shows, as text
 */
export function useSelection(listed: readonly string[], filter: string): Selection {
  const [state, setState] = useState({ filter, ids: none, last: null as string | null });
  if (state.filter !== filter) setState({ filter, ids: none, last: null });
  const { ids, last } = state;

  const select = (changed: readonly string[], selected: boolean, chosen: string | null) => {
    const next = new Set(ids);
    for (const id of changed) {
      if (!selected) next.delete(id);
      else if (next.size < replayedIdsMax) next.add(id);
    }
    setState({ filter, ids: next, last: chosen });
  };

  return {
    ids,
    full: ids.size >= replayedIdsMax,
    toggle: (id, range) => {
      const [from, to] = [last === null ? -1 : listed.indexOf(last), listed.indexOf(id)];
      const isRange = range && from !== -1 && to !== -1;
      const changed = isRange ? listed.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
      select(changed, isRange || !ids.has(id), id);
    },
    toggleAll: () => select(listed, !listed.every((id) => ids.has(id)), null),
    clear: () => setState({ filter, ids: none, last: null }),
  };
}
