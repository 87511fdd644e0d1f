"use client";

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import { readDownTo } from "@/lib/api-client/read-down-to";
import type { TransitionOutput } from "@/lib/contract/endpoints";
import type { Page } from "@/lib/contract/shared";

/**
 * Changes of a webhook's state, newest first. Read again together with other data of webhooks; new ones are added at
 * the top, and visible ones stay.
 */
export function useTransitions(endpointId: string) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const queryKey = queryKeys.transitions(slug, endpointId);
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const list = (cursor: string | null) =>
        callApi("GET /endpoints/{id}/transitions", {
          workspace: slug,
          params: { id: endpointId },
          query: { limit: 20, cursor },
          signal,
        });
      if (pageParam !== null) return list(pageParam);
      return readDownTo(list, client.getQueryData<InfiniteData<Page<TransitionOutput>>>(queryKey)?.pages[0]);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => polled(query, ({ pages }) => 10_000 * pages.length),
  });
}
