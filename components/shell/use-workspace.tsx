"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Scope } from "@/lib/core/api-keys";
import type { Role } from "@/lib/core/roles";

export type CurrentWorkspace = {
  slug: string;
  name: string;
  /** The person who looks. */
  userId: string;
  /** Of the person who looks. */
  role: Role;
  /** What that role may do; the server decides, this only hides what would be refused. */
  scopes: readonly Scope[];
  /** Days that events are kept, held ones too. */
  retentionDays: number;
};

const WorkspaceContext = createContext<CurrentWorkspace | null>(null);

export function WorkspaceProvider({ value, children }: { value: CurrentWorkspace; children: ReactNode }) {
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

/** The workspace that the page's address names. Throws outside `/[workspace]`. */
export function useWorkspace(): CurrentWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace is used outside a workspace");
  return workspace;
}

/** Whether the person who looks may do what the scope names. */
export function useCan(scope: Scope): boolean {
  return useWorkspace().scopes.includes(scope);
}
