"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ReplayOutput } from "@/lib/contract/replays";

/** Often while one of them runs; otherwise for changes made by other people, sooner if one of them waits. */
export function pollMs(jobs: readonly ReplayOutput[]): number {
  if (jobs.some(({ status }) => status === "running")) return 1_000;
  return jobs.some(({ status }) => status === "paused") ? 3_000 : 15_000;
}

/** The workspace's running and paused jobs, whoever started them. */
export function useJobs() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.activeReplays(slug),
    queryFn: ({ signal }) =>
      callApi("GET /replays", {
        workspace: slug,
        query: { status: ["running", "paused"], limit: 100 },
        signal,
      }),
    refetchInterval: (query) => polled(query, ({ data }) => pollMs(data)),
  });
}

/** The job that is working on a webhook's events. */
export function useJobOf(endpointId: string): ReplayOutput | undefined {
  return useJobs().data?.data.find((job) => job.endpointId === endpointId);
}
