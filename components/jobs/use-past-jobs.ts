"use client";

import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { pollMs } from "@/components/data/use-jobs";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ReplayDetailOutput } from "@/lib/contract/replays";

/** All jobs of the workspace, newest first, by page. */
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

/** The query for the results of a job's deliveries. */
export const jobResults = (workspace: string, id: string) =>
  queryOptions({
    queryKey: [...queryKeys.replay(workspace, id), "results"],
    queryFn: ({ signal }) => callApi("GET /replays/{id}", { workspace, params: { id }, signal }),
    refetchInterval: (query) => polled(query, pollResultsMs),
  });

/** Deliveries that wait for their webhook's next try change soon after it has succeeded. */
function pollResultsMs(job: ReplayDetailOutput): number {
  if (!job.finishedAt) return pollMs([job]);
  return job.results.waiting.length > 0 ? 5_000 : 15_000;
}

/** The results of a job's deliveries. */
export function useJobResults(id: string, { enabled }: { enabled: boolean }) {
  const { slug } = useWorkspace();
  return useQuery({ ...jobResults(slug, id), enabled });
}
