"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { followedJobs, noJobs } from "@/components/data/followed-jobs";
import { useJobs } from "@/components/data/use-jobs";
import { useWorkspace } from "@/components/shell/use-workspace";

const JobDock = dynamic(async () => (await import("./job-dock")).JobDock, { ssr: false });

/** The dock of long jobs; its code loads when there is a job to show. */
export function LazyJobDock() {
  const { slug } = useWorkspace();
  const active = useJobs().data?.data;
  const followed = useSyncExternalStore(followedJobs.subscribe, () => followedJobs.read(slug), noJobs);
  if (!active || active.length + followed.length === 0) return null;
  return <JobDock active={active} followed={followed} />;
}
