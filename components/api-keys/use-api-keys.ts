"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/sonner";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/api-client/api-keys";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ApiKeyOutput, CreateApiKeyInput } from "@/lib/api-keys/schemas";

/** The workspace's API keys, newest first, a page at a time. */
export function useApiKeys() {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: queryKeys.apiKeys(slug),
    queryFn: ({ pageParam, signal }) => listApiKeys(slug, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useCreateApiKey() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CreateApiKeyInput) => createApiKey(slug, input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys(slug) }),
  });
}

export function useRevokeApiKey() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: ApiKeyOutput) => revokeApiKey(slug, key.id),
    onSuccess: async (_, key) => {
      await client.invalidateQueries({ queryKey: queryKeys.apiKeys(slug) });
      toast.success(`${key.name} is revoked`);
    },
  });
}
