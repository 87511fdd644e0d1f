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
 * Shows `children` while the person is in the workspace. Who was removed, or whose workspace was deleted, sees that at once
 * instead; and who has a page open under a former slug is led to the new one.
 */
export function AccessWatch({ children }: { children: ReactNode }) {
  const { slug, name } = useWorkspace();
  const client = useQueryClient();
  const own = useOwnWorkspaces();
  const [lost, setLost] = useState(false);
  const isListed = own.data?.data.some((one) => one.slug === slug) ?? true;

  // Whatever is refused for want of the workspace has it looked at now, and not with the next turn.
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
