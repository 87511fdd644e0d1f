"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { pollMs } from "@/components/data/use-jobs";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";

/** All jobs of the workspace, newest first, a page at a time. */
export function usePastJobs() {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [...queryKeys.replays(slug), "list"],
    queryFn: ({ pageParam, signal }) =>
      callApi("GET /replays", { workspace: slug, query: { limit: 25, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) =>
      polled(query, ({ pages }) => pollMs(pages.flatMap(({ data }) => data)) * pages.length),
  });
}

/** What became of the deliveries that a job has sent. */
export function useJobResults(id: string, { enabled }: { enabled: boolean }) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: [...queryKeys.replay(slug, id), "results"],
    queryFn: ({ signal }) => callApi("GET /replays/{id}", { workspace: slug, params: { id }, signal }),
    refetchInterval: (query) => polled(query, (job) => (job.finishedAt ? 15_000 : pollMs([job]))),
    enabled,
  });
}
