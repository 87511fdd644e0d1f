"use client";

import { useQueries } from "@tanstack/react-query";
import { useWebhooks } from "@/components/data/use-webhooks";
import { useWorkspace } from "@/components/shell/use-workspace";
import type { ReplayDetailOutput, ReplayOutput } from "@/lib/contract/replays";
import { isBackingOff } from "@/lib/core/attention";
import { jobResults } from "./use-past-jobs";

export type Waits = ReplayDetailOutput["results"]["waiting"];
const none: Waits = [];

/**
 * For each job, its deliveries that wait because their webhook keeps failing. Only jobs about a failing webhook, or
 * about several webhooks, are requested.
 */
export function useWaiting(jobs: readonly ReplayOutput[]): Waits[] {
  const { slug } = useWorkspace();
  const failing = useWebhooks().data?.data.filter(isBackingOff) ?? [];
  const mayWait = ({ kind, endpointId }: ReplayOutput) =>
    kind === "replay" && failing.some(({ id }) => endpointId === null || endpointId === id);
  const found = useQueries({
    queries: jobs.map((job) => ({ ...jobResults(slug, job.id), enabled: mayWait(job) })),
  });
  return jobs.map((job, at) => (mayWait(job) && found[at]?.data?.results.waiting) || none);
}
