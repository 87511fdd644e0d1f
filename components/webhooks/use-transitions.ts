"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { listTransitions } from "@/lib/api-client/endpoints";
import { queryKeys } from "@/lib/api-client/query-keys";

/** What happened to a webhook's state, newest first. Read again with whatever else of webhooks is. */
export function useTransitions(endpointId: string) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: queryKeys.transitions(slug, endpointId),
    queryFn: ({ pageParam, signal }) => listTransitions(slug, endpointId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state: { data } }) => ((data?.pages.length ?? 1) === 1 ? 10_000 : false),
  });
}
