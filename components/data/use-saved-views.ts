"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { SavedViewOutput } from "@/lib/contract/saved-views";

/** The user's saved views of the event log, by name. */
export function useSavedViews({ enabled = true } = {}) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.savedViews(slug),
    queryFn: ({ signal }) => callApi("GET /saved-views", { workspace: slug, signal }),
    enabled,
  });
}

function useRefresh(): () => Promise<void> {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys.savedViews(slug) });
}

export function useSaveView() {
  const { slug } = useWorkspace();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Pick<SavedViewOutput, "name" | "log" | "query">) =>
      callApi("POST /saved-views", { workspace: slug, body }),
    onSuccess: async (view) => {
      await refresh();
      toast.success(`${view.name} is saved`);
    },
  });
}

/** Renames a view, or saves other filters in it. */
export function useUpdateView() {
  const { slug } = useWorkspace();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; name?: string; query?: string }) =>
      callApi("PATCH /saved-views/{id}", { workspace: slug, params: { id }, body }),
    onSuccess: async (view) => {
      await refresh();
      toast.success(`${view.name} is saved`);
    },
  });
}

export function useDeleteView() {
  const { slug } = useWorkspace();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id }: SavedViewOutput) =>
      callApi("DELETE /saved-views/{id}", { workspace: slug, params: { id } }),
    onSuccess: async (_, { name }) => {
      await refresh();
      toast.success(`${name} is deleted`);
    },
  });
}
