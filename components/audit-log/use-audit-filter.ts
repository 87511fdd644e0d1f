"use client";

import { parseAsString, useQueryStates } from "nuqs";
import type { AuditAction } from "@/lib/core/audit";

/** The filters in the page's address: one entry, actions, and a text. */
export function useAuditFilter<Action extends AuditAction>(names: readonly Action[]) {
  const [{ id, action, q }, setFilter] = useQueryStates({
    id: parseAsString,
    action: parseAsString,
    q: parseAsString,
  });
  const known = names.find((name) => name === action);
  const filter = { id: id || null, action: known === undefined ? null : [known], q: q || null };
  return {
    filter,
    isFiltered: Object.values(filter).some((value) => value !== null),
    /** Another action or text is searched for among all entries. */
    change: (changed: { action?: string | null; q?: string | null }) =>
      void setFilter({ id: null, ...changed }),
  };
}
export type ShownAudit = ReturnType<typeof useAuditFilter>;
