"use client";

import { useQueryClient } from "@tanstack/react-query";
import { DoorClosed } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ApiError } from "@/lib/api-client/api-error";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import { useOwnWorkspaces } from "./use-own-workspaces";
import { useWorkspace } from "./use-workspace";

/**
 * Shows `children` while the user is a member of the workspace. If they were removed or the workspace was deleted,
 * this is shown at once instead. A page under a former slug is redirected to the new one.
 */
export function AccessWatch({ children }: { children: ReactNode }) {
  const { slug, name } = useWorkspace();
  const client = useQueryClient();
  const own = useOwnWorkspaces();
  const [lost, setLost] = useState(false);
  const isListed = own.data?.data.some((one) => one.slug === slug) ?? true;

  // If a request is refused because of the workspace, membership is checked at once rather than at the next interval.
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ query }) => {
        const { error } = query.state;
        if (error instanceof ApiError && error.status === 404 && query.queryKey[0] === slug) {
          void client.invalidateQueries({ queryKey: queryKeys.ownWorkspaces() }, { cancelRefetch: false });
        }
      }),
    [client, slug],
  );

  useEffect(() => {
    if (isListed) {
      setLost(false);
      return;
    }
    callApi("GET /workspace", { workspace: slug }).then(
      (workspace) => {
        const { pathname, search } = window.location;
        window.location.replace(`/${workspace.slug}${pathname.slice(slug.length + 1)}${search}`);
      },
      (error: unknown) => setLost(error instanceof ApiError && error.status === 404),
    );
  }, [isListed, slug]);

  if (!lost) return children;
  return (
    <div role="alert" className="px-4 py-12 md:px-6">
      <h1 className="sr-only">No access</h1>
      <EmptyState
        icon={DoorClosed}
        title={`You no longer have access to ${name}`}
        description="You were removed from this workspace, or it was deleted. An owner can invite you again."
        action={
          <a href="/" className={buttonVariants()}>
            Your workspaces
          </a>
        }
      />
    </div>
  );
}
