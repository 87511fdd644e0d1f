"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { UpdateWorkspaceInput, WorkspaceOutput } from "@/lib/contract/workspaces";

export function useWorkspaceSettings() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.settings(slug),
    queryFn: ({ signal }) => callApi("GET /workspace", { workspace: slug, signal }),
  });
}

/** Reads the settings again, for a caller that needs their present values. */
export function useReadWorkspace(): () => Promise<WorkspaceOutput> {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return () =>
    client.fetchQuery({
      queryKey: queryKeys.settings(slug),
      queryFn: ({ signal }) => callApi("GET /workspace", { workspace: slug, signal }),
      staleTime: 0,
    });
}

export function useSaveWorkspace() {
  const { slug, name } = useWorkspace();
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ input, version }: { input: UpdateWorkspaceInput; version: string }) =>
      callApi("PATCH /workspace", { workspace: slug, body: input, version }),
    onSuccess: (saved) => {
      client.setQueryData(queryKeys.settings(slug), saved);
      if (saved.slug !== slug) window.location.assign(`/${saved.slug}/settings/general`);
      // The sidebar and the title show the name.
      if (saved.name !== name) router.refresh();
    },
  });
}
