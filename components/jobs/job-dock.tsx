"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { followedJobs } from "@/components/data/followed-jobs";
import { sumCounts } from "@/components/data/sum-counts";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { useMinWidth } from "@/components/ui/use-min-width";
import type { ReplayOutput } from "@/lib/contract/replays";
import { describeJob, isActive } from "./describe-job";
import { JobItem } from "./job-item";
import { useShownJobs } from "./use-shown-jobs";
import { useWaiting } from "./use-waiting";

/** The dock's distance from the window's edge. */
const marginPx = 16;

/**
 * Long jobs at the bottom right of every page, beside an open event sheet; toasts and the page's end stay above it. It
 * can be made one line, until a job starts, ends or is paused; on a phone several jobs are one line until it is opened.
 */
export function JobDock({
  active,
  followed,
}: {
  /** Jobs that run or are paused. */
  active: readonly ReplayOutput[];
  /** Ids of those that are shown until they are dismissed. */
  followed: readonly string[];
}) {
  const { slug } = useWorkspace();
  const mayChange = useCan("deliveries:write");
  const jobs = useShownJobs(active, followed);
  const box = useRef<HTMLElement>(null);
  const { data } = useWebhooks();
  const nameOf = (endpointId: string | null) => data?.data.find(({ id }) => id === endpointId)?.name ?? null;

  const waiting = useWaiting(jobs);

  const described = jobs.map((job, at) => {
    const name = nameOf(job.endpointId);
    const waits = waiting[at] ?? [];
    // A pace that can be changed has its own control.
    const said = mayChange && isActive(job) ? { ...job, ratePerSecond: null } : job;
    return { job, name, waits, words: describeJob(said, name, sumCounts(waits)) };
  });
  const titles = described.map(({ words }) => words.title).join(". ");

  const states = jobs.map(({ id, status }) => `${id} ${status}`).join();
  const isRoomy = useMinWidth(640);
  const [chosen, setChosen] = useState<{ isReduced: boolean; states: string }>();
  // Opened, it stays so: pausing a job in it must not close it.
  const isChosen = chosen !== undefined && (!chosen.isReduced || chosen.states === states);
  const isReduced = isChosen ? chosen.isReduced : !isRoomy && jobs.length > 1;

  // Set after it is rendered: the initial text of a status is not announced.
  const [announced, setAnnounced] = useState("");
  useEffect(() => setAnnounced(titles), [titles]);

  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const root = document.documentElement;
    const observer = new ResizeObserver(() =>
      root.style.setProperty("--dock-height", `${current.offsetHeight + marginPx}px`),
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      root.style.removeProperty("--dock-height");
    };
  }, []);

  const dismiss = (id: string) => {
    followedJobs.dismiss(slug, id);
    (jobs.length > 1 ? box.current : document.getElementById("main"))?.focus({ preventScroll: true });
  };

  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label="Long jobs"
      className={cn(
        "fixed right-[calc(16px+var(--sheet-width,0px))] bottom-4 z-30 max-h-[50dvh] animate-fade-in overflow-y-auto rounded-lg bg-popover shadow-overlay outline-none max-sm:inset-x-2 max-sm:bottom-2 max-sm:max-h-[40dvh] max-sm:w-auto not-has-[li]:hidden",
        isReduced ? "w-fit max-w-[360px] max-sm:left-auto" : "w-[360px]",
      )}
    >
      <p role="status" className="sr-only">
        {announced}
      </p>
      <ul data-live="" className={cn("divide-y divide-border", isReduced && "hidden")}>
        {described.map(({ job, ...item }) => (
          <JobItem key={job.id} job={job} {...item} onDismiss={() => dismiss(job.id)} />
        ))}
      </ul>
      <div
        className={cn(
          "flex items-center gap-2 py-0.5 pr-2 pl-3 text-xs",
          !isReduced && "border-border border-t",
        )}
      >
        {isReduced && (
          <span className="min-w-0 truncate font-medium">
            {described.length === 1 ? titles : `${described.length} jobs`}
          </span>
        )}
        <Link href={webhookPaths.jobs(slug)} className="mr-auto whitespace-nowrap text-link hover:underline">
          All jobs
        </Link>
        <IconButton
          label={isReduced ? "Show the jobs" : "Show only one line"}
          aria-expanded={!isReduced}
          onClick={() => setChosen({ isReduced: !isReduced, states })}
        >
          {isReduced ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        </IconButton>
      </div>
    </section>
  );
}
