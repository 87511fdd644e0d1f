"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Scope } from "@/lib/core/api-keys";
import type { Role } from "@/lib/core/roles";

export type CurrentWorkspace = {
  slug: string;
  name: string;
  /** The signed-in user. */
  userId: string;
  /** The user's role. */
  role: Role;
  /** The role's scopes; the server enforces them, and this only hides what would be refused. */
  scopes: readonly Scope[];
  /** How many days events are kept, including held ones. */
  retentionDays: number;
};

const WorkspaceContext = createContext<CurrentWorkspace | null>(null);

export function WorkspaceProvider({ value, children }: { value: CurrentWorkspace; children: ReactNode }) {
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

/** The workspace in the page's address. Throws outside `/[workspace]`. */
export function useWorkspace(): CurrentWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace is used outside a workspace");
  return workspace;
}

/** Whether the user has the scope. */
export function useCan(scope: Scope): boolean {
  return useWorkspace().scopes.includes(scope);
}
