"use client";

import { CircleAlert, CircleCheck, CircleDashed, CirclePause, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { AbsoluteTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { HealthTone } from "@/components/webhooks/describe-health";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { describeTransition } from "./describe-transition";
import { useTransitions } from "./use-transitions";

const looks: Record<HealthTone, { icon: LucideIcon; className: string }> = {
  good: { icon: CircleCheck, className: "text-success" },
  warn: { icon: CircleAlert, className: "text-warning" },
  bad: { icon: CircleAlert, className: "text-danger" },
  off: { icon: CirclePause, className: "text-muted-foreground" },
  idle: { icon: CircleDashed, className: "text-muted-foreground" },
};

/** Every change of a webhook's state, newest first, with the actor or rule that caused it. */
export function StateTimeline({ endpoint }: { endpoint: EndpointOutput }) {
  const query = useTransitions(endpoint.id);
  const failure = useReadError(query);
  return (
    <section className="grid max-w-3xl grid-cols-1 gap-3">
      <h2 className="font-semibold text-base">History</h2>
      {query.isPending && !failure && <TimelineSkeleton />}
      {failure && (
        <ErrorState
          title="The history could not be loaded"
          error={failure}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {query.data && (
        <ol data-live="" className="grid grid-cols-1">
          {query.data.pages
            .flatMap((page) => page.data)
            .map((transition) => {
              const { tone, title, cause, detail } = describeTransition(transition);
              return (
                <Entry key={transition.id} tone={tone} at={transition.createdAt} detail={detail}>
                  <span className="font-medium">{title}</span> {cause}
                </Entry>
              );
            })}
          {!query.hasNextPage && (
            <Entry tone="idle" at={endpoint.createdAt} detail={null}>
              <span className="font-medium">Added</span>
            </Entry>
          )}
        </ol>
      )}
      <LoadMore query={query} className="justify-self-start" />
    </section>
  );
}

function Entry({
  tone,
  at,
  detail,
  children,
}: {
  tone: HealthTone;
  at: string;
  detail: string | null;
  children: ReactNode;
}) {
  const { icon: Icon, className } = looks[tone];
  return (
    <li className="group grid grid-cols-[16px_minmax(0,1fr)] gap-x-3">
      <span className="flex flex-col items-center">
        <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", className)} />
        <span className="my-1 w-px flex-1 bg-border group-last:hidden" />
      </span>
      <div className="pb-4">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <p className="min-w-48 flex-1">{children}</p>
          <AbsoluteTime value={at} day className="text-muted-foreground" />
        </div>
        {detail && <p className="text-muted-foreground">{detail}</p>}
      </div>
    </li>
  );
}

function TimelineSkeleton() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading the history" className="grid gap-4">
      <Skeleton className="w-72 max-w-full" />
      <Skeleton className="w-56 max-w-full" />
      <Skeleton className="w-64 max-w-full" />
    </div>
  );
}
