"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { queryKeys } from "@/lib/api-client/query-keys";
import { listActiveReplays } from "@/lib/api-client/replays";
import type { ReplayOutput } from "@/lib/replays/schemas";

/** Jobs are read again each second, and only while one of them runs. */
export function pollMs(jobs: readonly ReplayOutput[]): number | false {
  return jobs.some(({ status }) => status === "running") ? 1_000 : false;
}

/** Jobs of the workspace that run or are paused, whoever started them. */
export function useJobs() {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.activeReplays(slug),
    queryFn: ({ signal }) => listActiveReplays(slug, signal),
    refetchInterval: ({ state: { data } }) => pollMs(data?.data ?? []),
  });
}

/** The job that is at work on a webhook's events. */
export function useJobOf(endpointId: string): ReplayOutput | undefined {
  return useJobs().data?.data.find((job) => job.endpointId === endpointId);
}
