"use client";

import { useQueries } from "@tanstack/react-query";
import { useWebhooks } from "@/components/data/use-webhooks";
import { useWorkspace } from "@/components/shell/use-workspace";
import type { ReplayDetailOutput, ReplayOutput } from "@/lib/contract/replays";
import { isBackingOff } from "@/lib/core/attention";
import { jobResults } from "./use-past-jobs";

export type Waits = ReplayDetailOutput["results"]["waiting"];
const none: Waits = [];

/** Of each job, what of it waits because its webhook keeps failing. It is asked for only while a webhook does. */
export function useWaiting(jobs: readonly ReplayOutput[]): Waits[] {
  const { slug } = useWorkspace();
  const enabled = useWebhooks().data?.data.some(isBackingOff);
  const found = useQueries({
    queries: jobs.map(({ id, kind }) => ({
      ...jobResults(slug, id),
      enabled: enabled === true && kind === "replay",
    })),
  });
  return found.map(({ data }) => (enabled && data?.results.waiting) || none);
}

/** How many that are. */
export const countWaits = (waits: Waits): number => waits.reduce((sum, { count }) => sum + count, 0);
