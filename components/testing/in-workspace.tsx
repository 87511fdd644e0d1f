import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type CurrentWorkspace, WorkspaceProvider } from "@/components/shell/use-workspace";
import { scopesOfRole } from "@/lib/core/workspaces";

/** The workspace that tests of components look at, as one of its owners. */
export const testWorkspace: CurrentWorkspace = {
  slug: "acme",
  name: "Acme",
  userId: "usr_1",
  role: "owner",
  scopes: scopesOfRole.owner,
  retentionDays: 30,
};

/**
 * A wrapper for `render` and `renderHook`: what every page of a workspace stands on.
 *
 * @param workspace what is other than in `testWorkspace`
 */
export function inWorkspace(
  workspace: Partial<CurrentWorkspace> = {},
): (props: { children: ReactNode }) => ReactNode {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return ({ children }) => (
    <QueryClientProvider client={client}>
      <WorkspaceProvider value={{ ...testWorkspace, ...workspace }}>{children}</WorkspaceProvider>
    </QueryClientProvider>
  );
}
