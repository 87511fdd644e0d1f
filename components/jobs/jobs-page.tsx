"use client";

import { ListRestart } from "lucide-react";
import Link from "next/link";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { PageHeader } from "@/components/shell/page-header";
import { useWorkspace } from "@/components/shell/use-workspace";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import { ApiError } from "@/lib/api-client/api-error";
import { PastJob } from "./past-job";
import { useJobResults, usePastJobs } from "./use-past-jobs";
import { useWaiting } from "./use-waiting";

/**
 * Developers › Jobs: jobs that sent again or discarded deliveries, with their results.
 *
 * @param linkedId the job that the page's address names, which is open at first
 */
export function JobsPage({ linkedId }: { linkedId: string | null }) {
  const { slug, name } = useWorkspace();
  const query = usePastJobs();
  const failure = useReadError(query);
  const webhooks = useWebhooks().data?.data;
  const nameOf = (endpointId: string | null) => webhooks?.find(({ id }) => id === endpointId)?.name ?? null;
  const linked = useJobResults(linkedId ?? "", { enabled: linkedId !== null });
  const listed = query.data?.pages.flatMap((page) => page.data) ?? [];
  // A linked job that is older than the listed ones is at the top.
  const isListed = !linked.data || listed.some(({ id }) => id === linkedId);
  const jobs = linked.data && !isListed ? [linked.data, ...listed] : listed;
  const waiting = useWaiting(jobs);
  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Jobs"
        description="Replayed or discarded groups of events, newest first, with their results."
      />
      {linked.error instanceof ApiError && linked.error.status === 404 && (
        <p role="status" className="mb-3 text-muted-foreground">
          The job of this link was not found in {name}.
        </p>
      )}
      {failure ? (
        <ErrorState
          title="The jobs could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.isPending ? (
        <Skeleton className="h-60 w-full" />
      ) : jobs.length === 0 ? (
        <EmptyState
          icon={ListRestart}
          title="No jobs yet"
          description="To start one, send selected or filtered events again from the event log, or enable a webhook that holds events."
          action={
            <Link href={webhookPaths.log(slug)} className={buttonVariants({ variant: "outline" })}>
              Open the event log
            </Link>
          }
        />
      ) : (
        <ul
          aria-label="Jobs, newest first"
          className="divide-y divide-border rounded-lg border border-border"
        >
          {jobs.map((job, at) => (
            <PastJob
              key={job.id}
              job={job}
              waits={waiting[at] ?? []}
              isLinked={job.id === linkedId}
              nameOf={nameOf}
            />
          ))}
        </ul>
      )}
      <LoadMore query={query} className="mx-auto mt-3 flex w-fit" />
    </div>
  );
}
