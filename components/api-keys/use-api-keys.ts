"use client";

import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import { readDownTo } from "@/lib/api-client/read-down-to";
import type { ApiKeyOutput, CreateApiKeyInput } from "@/lib/contract/api-keys";
import type { Page } from "@/lib/contract/shared";

/** The workspace's API keys, newest first, by page. New ones are added at the top; visible ones stay. */
export function useApiKeys() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const queryKey = queryKeys.apiKeys(slug);
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const list = (cursor: string | null) =>
        callApi("GET /api-keys", { workspace: slug, query: { limit: 50, cursor }, signal });
      if (pageParam !== null) return list(pageParam);
      return readDownTo(list, client.getQueryData<InfiniteData<Page<ApiKeyOutput>>>(queryKey)?.pages[0]);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => polled(query, ({ pages }) => 30_000 * pages.length),
  });
}

export function useCreateApiKey() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateApiKeyInput) => callApi("POST /api-keys", { workspace: slug, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys(slug) }),
  });
}

export function useRotateApiKey() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, overlapHours }: { id: string; overlapHours: number }) =>
      callApi("POST /api-keys/{id}/rotate", { workspace: slug, params: { id }, body: { overlapHours } }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys(slug) }),
  });
}

export function useRevokeApiKey() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ApiKeyOutput) =>
      callApi("DELETE /api-keys/{id}", { workspace: slug, params: { id } }),
    onSuccess: async (_, key) => {
      await client.invalidateQueries({ queryKey: queryKeys.apiKeys(slug) });
      toast.success(`${key.name} is revoked`);
    },
  });
}
