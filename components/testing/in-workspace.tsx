import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import type { ReactNode } from "react";
import { type CurrentWorkspace, WorkspaceProvider } from "@/components/shell/use-workspace";
import { scopesOfRole } from "@/lib/core/roles";

/** The workspace that tests of components look at, as one of its owners. */
export const testWorkspace: CurrentWorkspace = {
  slug: "acme",
  name: "Acme",
  userId: "usr_1",
  role: "owner",
  scopes: scopesOfRole.owner,
  retentionDays: 30,
};

/** The same as one of its viewers, who only look. */
export const asViewer = { role: "viewer", scopes: scopesOfRole.viewer } as const;

/** A router that only records the paths it is asked to navigate to. */
export function testRouter(): AppRouterInstance & { pushed: string[] } {
  const pushed: string[] = [];
  const nothing = () => {};
  return {
    pushed,
    bfcacheId: "0",
    push: (href) => void pushed.push(href),
    replace: nothing,
    refresh: nothing,
    prefetch: nothing,
    back: nothing,
    forward: nothing,
  };
}

/**
 * A wrapper for `render` and `renderHook`: the providers of every page of a workspace.
 *
 * @param given `workspace`: what is other than in `testWorkspace`
 */
export function inWorkspace({
  workspace = {},
  router = testRouter(),
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
}: {
  workspace?: Partial<CurrentWorkspace>;
  router?: AppRouterInstance;
  client?: QueryClient;
} = {}): (props: { children: ReactNode }) => ReactNode {
  return ({ children }) => (
    <AppRouterContext value={router}>
      <QueryClientProvider client={client}>
        <WorkspaceProvider value={{ ...testWorkspace, ...workspace }}>{children}</WorkspaceProvider>
      </QueryClientProvider>
    </AppRouterContext>
  );
}
