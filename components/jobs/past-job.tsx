"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { sumCounts } from "@/components/data/sum-counts";
import { WaitingWebhooks } from "@/components/data/waiting-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Fact, Facts } from "@/components/ui/facts";
import { FieldError } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { ReplayDetailOutput, ReplayOutput } from "@/lib/contract/replays";
import { describeFilter } from "./describe-filter";
import { describeJob } from "./describe-job";
import { JobPace } from "./job-pace";
import { useReadJobsAgain } from "./use-change-job";
import { useJobResults } from "./use-past-jobs";
import type { Waits } from "./use-waiting";

/** A job in one line; opened, its filter and its results, each number with a link to its part of the log. */
export function PastJob({
  job,
  waits,
  isLinked,
  nameOf,
}: {
  job: ReplayOutput;
  /** Its deliveries that wait because their webhook keeps failing. */
  waits: Waits;
  /** Whether the page's address names it: it is open and scrolled to at first. */
  isLinked: boolean;
  /** The name of a webhook; `null` if unknown. */
  nameOf: (endpointId: string | null) => string | null;
}) {
  const [open, setOpen] = useState(isLinked);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isLinked) item.current?.scrollIntoView({ block: "nearest" });
  }, [isLinked]);
  const results = useJobResults(job.id, { enabled: open && job.kind === "replay" });
  const readAgain = useReadJobsAgain();
  const now = useNow(60_000);
  const { title, progress } = describeJob(job, nameOf(job.endpointId), sumCounts(waits));
  return (
    <li ref={item}>
      <details className="group" open={isLinked} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 px-3 py-2 hover:bg-muted/50">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90 motion-reduce:transition-none"
          />
          <span className="min-w-0 flex-1">
            <span className="font-medium">{title}</span>{" "}
            <span className="text-muted-foreground tabular-nums">{progress}</span>
          </span>
          <span className="shrink-0 text-muted-foreground text-xs">
            <RelativeTime value={job.createdAt} />
          </span>
        </summary>
        <div className="border-border border-t bg-surface px-3 py-3 sm:pl-9">
          <Facts>
            <Fact name="Started by">{job.createdBy}</Fact>
            <Fact name="About">
              {job.filter === null ? "Held events" : describeFilter(job.filter, { nameOf, now })}
            </Fact>
            {job.kind === "replay" && (
              <>
                <Fact name="Order">{job.order === "oldest" ? "Oldest first" : "Newest first"}</Fact>
                <Fact name="Pace">
                  <JobPace job={job} />
                </Fact>
                <Results job={results.data} error={results.error} />
              </>
            )}
          </Facts>
          {waits.length > 0 && (
            <div className="mt-3">
              <WaitingWebhooks waits={waits} onTried={readAgain} />
            </div>
          )}
        </div>
      </details>
    </li>
  );
}

function Results({ job, error }: { job: ReplayDetailOutput | undefined; error: Error | null }) {
  const { slug } = useWorkspace();
  if (error) return <FieldError>{error.message}</FieldError>;
  if (!job) return <Skeleton className="h-5 w-40" />;
  const { sent, recovered, failing } = job.results;
  const log = `${webhookPaths.log(slug)}?replay=${job.id}`;
  return (
    <>
      <Fact name="Sent">
        <Count n={sent} href={log} />
      </Fact>
      <Fact name="Succeeded by now">
        <Count n={recovered} href={`${log}&status=succeeded`} />
      </Fact>
      <Fact name="Still failing">
        <Count n={failing} href={`${log}&status=pending,failed`} />
      </Fact>
    </>
  );
}

function Count({ n, href }: { n: number; href: string }): ReactNode {
  const text = n.toLocaleString("en");
  if (n === 0) return text;
  return (
    <Link href={href} className="text-link hover:underline">
      {text}
    </Link>
  );
}
