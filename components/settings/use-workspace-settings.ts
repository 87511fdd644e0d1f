"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useWorkspace } from "@/components/shell/use-workspace";
import { queryKeys } from "@/lib/api-client/query-keys";
import { getWorkspace, updateWorkspace } from "@/lib/api-client/workspace";
import type { UpdateWorkspaceInput } from "@/lib/workspaces/schemas";

export function useWorkspaceSettings() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.settings(slug),
    queryFn: ({ signal }) => getWorkspace(slug, signal),
  });
}

export function useSaveWorkspace() {
  const { slug, name } = useWorkspace();
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (input: UpdateWorkspaceInput) => updateWorkspace(slug, input),
    onSuccess: (saved) => {
      client.setQueryData(queryKeys.settings(slug), saved);
      // The sidebar and the title show the name.
      if (saved.name !== name) router.refresh();
    },
  });
}
