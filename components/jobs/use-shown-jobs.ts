"use client";

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { followedJobs } from "@/components/data/followed-jobs";
import { pollMs } from "@/components/data/use-jobs";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ReplayOutput } from "@/lib/contract/replays";

/**
 * The jobs in the dock, oldest first: running and paused ones, and those that this browser tab has followed to their
 * end. While they run, webhooks and their log are read again.
 */
export function useShownJobs(active: readonly ReplayOutput[], followed: readonly string[]): ReplayOutput[] {
  const { slug } = useWorkspace();
  useEffect(() => {
    const ids = active.map(({ id }) => id);
    followedJobs.follow(slug, ids);
  }, [slug, active]);

  const others = followed.filter((id) => !active.some((job) => job.id === id));
  const found = useQueries({
    queries: others.map((id) => ({
      queryKey: queryKeys.replay(slug, id),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        callApi("GET /replays/{id}", { workspace: slug, params: { id }, signal }),
      refetchInterval: (query: { state: { data: ReplayOutput | undefined; error: Error | null } }) =>
        polled(query, (job) => (job.finishedAt ? false : pollMs([job]))),
    })),
  });
  const jobs = [...active, ...found.flatMap(({ data }) => data ?? [])];
  useReadAlong(jobs);
  return jobs.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** Reads webhooks again while jobs run, and the log when a job starts or ends: an open log reads itself. */
function useReadAlong(jobs: readonly ReplayOutput[]): void {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const progress = jobs.map(({ id, done }) => `${id} ${done}`).join();
  const statuses = jobs.map(({ id, status }) => `${id} ${status}`).join();
  useEffect(() => {
    if (progress !== "") void client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) });
  }, [client, slug, progress]);
  useEffect(() => {
    if (statuses === "") return;
    void client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) });
    void client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) });
  }, [client, slug, statuses]);
}
