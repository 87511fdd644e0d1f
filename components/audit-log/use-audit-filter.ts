"use client";

import { parseAsString, useQueryStates } from "nuqs";
import type { AuditAction } from "@/lib/core/audit";

/** The filters in the page's address: actions, and a text. */
export function useAuditFilter<Action extends AuditAction>(names: readonly Action[]) {
  const [{ action, q }, setFilter] = useQueryStates({ action: parseAsString, q: parseAsString });
  const known = names.find((name) => name === action);
  const filter = { action: known === undefined ? null : [known], q: q || null };
  return {
    filter,
    isFiltered: filter.action !== null || filter.q !== null,
    change: (changed: { action?: string | null; q?: string | null }) => void setFilter(changed),
  };
}
export type ShownAudit = ReturnType<typeof useAuditFilter>;
