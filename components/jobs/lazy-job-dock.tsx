"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { followedJobs, noJobs } from "@/components/data/followed-jobs";
import { useJobs } from "@/components/data/use-jobs";
import { useWorkspace } from "@/components/shell/use-workspace";

const JobDock = lazy(async () => ({ default: (await import("./job-dock")).JobDock }));

/** The dock of long jobs; its code loads when there is a job to show. */
export function LazyJobDock() {
  const { slug } = useWorkspace();
  const active = useJobs().data?.data;
  const followed = useSyncExternalStore(followedJobs.subscribe, () => followedJobs.read(slug), noJobs);
  if (!active || active.length + followed.length === 0) return null;
  return (
    <Suspense>
      <JobDock active={active} followed={followed} />
    </Suspense>
  );
}
