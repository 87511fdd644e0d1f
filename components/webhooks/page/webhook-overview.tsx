"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { formatDuration, formatMoment } from "@/components/ui/format-time";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { useReadError } from "@/components/ui/use-read-error";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { EndpointStatsOutput, StatsWindow } from "@/lib/contract/stats";
import { formatRate } from "@/lib/core/format-rate";
import { StateTimeline } from "./state-timeline";
import { useEndpointStats } from "./use-endpoint-stats";

const loading = () => <Skeleton className="h-[190px]" />;
const OutcomesChart = dynamic(
  async () => (await import("@/components/charts/outcomes-chart")).OutcomesChart,
  { ssr: false, loading },
);
const LatencyChart = dynamic(async () => (await import("@/components/charts/latency-chart")).LatencyChart, {
  ssr: false,
  loading,
});

const windowLabels: Record<StatsWindow, string> = { "24h": "24 hours", "7d": "7 days", "30d": "30 days" };
const windows = ["24h", "7d", "30d"] as const;

/**
 * A webhook's outcomes and latency over time, its failures by cause, its volume by type, and the changes of its
 * state.
 */
export function WebhookOverview({ endpoint }: { endpoint: EndpointOutput }) {
  const [window, setWindow] = useQueryState(
    "window",
    parseAsStringLiteral(windows).withDefault("24h").withOptions({ history: "push" }),
  );
  const query = useEndpointStats(endpoint.id, window);
  const failure = useReadError(query);
  const { data } = query;
  return (
    <div className="grid grid-cols-1 gap-6">
      <fieldset aria-label="Time" className="flex">
        {windows.map((one, index) => (
          <Button
            key={one}
            variant="outline"
            size="sm"
            aria-pressed={one === window}
            className={cn(
              "rounded-none border-l-0 font-normal text-muted-foreground aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground",
              index === 0 && "rounded-l-md border-l",
              index === windows.length - 1 && "rounded-r-md",
            )}
            onClick={() => void setWindow(one)}
          >
            {windowLabels[one]}
          </Button>
        ))}
      </fieldset>
      {failure && (
        <ErrorState
          title="The figures could not be loaded"
          error={failure}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {!data && !failure && (
        <div role="status" aria-busy="true" aria-label="Loading the figures" className="grid gap-6">
          <Skeleton className="h-56 rounded-lg" />
          <Skeleton className="h-56 rounded-lg" />
        </div>
      )}
      {data && <Stats endpointId={endpoint.id} stats={data} />}
      <StateTimeline endpoint={endpoint} />
    </div>
  );
}

function Stats({ endpointId, stats }: { endpointId: string; stats: EndpointStatsOutput }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const now = useNow(60_000);
  const { data, bucketSeconds, due, succeeded, successRate, attempts, p50Ms, p95Ms, countedFrom } = stats;
  const worst = Math.max(1, ...stats.failures.map((one) => one.attempts));
  const most = Math.max(1, ...stats.types.map((one) => one.deliveries));
  const log = (query: string) => `${webhookPaths.show(slug, endpointId)}?range=${stats.window}&${query}`;
  return (
    <div data-live="" className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-2">
      <Panel
        title="Outcomes"
        note={
          successRate === null
            ? "Nothing was due."
            : `${formatRate(successRate)} delivered: ${succeeded.toLocaleString("en")} of ${due.toLocaleString("en")} due events.`
        }
      >
        <OutcomesChart
          title="Outcomes"
          data={data}
          bucketSeconds={bucketSeconds}
          onOpen={(from, to) => router.push(webhookPaths.hour(slug, endpointId, from, to))}
        />
        {countedFrom && now && (
          <p className="text-muted-foreground text-xs">
            Counts are incomplete before {formatMoment(new Date(countedFrom), now)}.
          </p>
        )}
      </Panel>
      <Panel
        title="Latency"
        note={
          p50Ms === null || p95Ms === null
            ? "Nothing was sent."
            : `Half of ${attempts.toLocaleString("en")} attempts took at most about ${formatDuration(p50Ms)}, 95 % at most ${formatDuration(p95Ms)}.`
        }
      >
        <LatencyChart data={data} bucketSeconds={bucketSeconds} />
      </Panel>
      <Panel title="Failures by cause" note="Failed attempts of the newest events that had any.">
        {stats.failures.length === 0 && <p className="text-muted-foreground">No attempt failed.</p>}
        <ul className="grid gap-1">
          {stats.failures.map(({ error, httpStatus, title, attempts: count }) => (
            <Share key={`${error}-${httpStatus}`} share={count / worst} className="bg-danger/15">
              <Link
                href={log(error ? `cause=${error}` : httpStatus ? `response=${httpStatus}` : "response=none")}
                className="truncate hover:underline"
              >
                {title}
              </Link>
              <span className="tabular-nums">{count.toLocaleString("en")}</span>
            </Share>
          ))}
        </ul>
      </Panel>
      <Panel
        title="Volume by type"
        note={
          stats.typesFrom && now
            ? `Of the newest 10,000 events, since ${formatMoment(new Date(stats.typesFrom), now)}.`
            : "Events by type."
        }
      >
        {stats.types.length === 0 && <p className="text-muted-foreground">No events.</p>}
        <ul className="grid gap-1">
          {stats.types.map(({ type, deliveries, undelivered }) => (
            <Share key={type} share={deliveries / most} className="bg-primary-soft">
              <Link
                href={log(`type=${encodeURIComponent(type)}`)}
                className="truncate font-mono text-xs hover:underline"
              >
                {type}
              </Link>
              <span className="whitespace-nowrap tabular-nums">
                {undelivered > 0 && (
                  <span className="text-muted-foreground text-xs">
                    {undelivered.toLocaleString("en")} not delivered{" "}
                  </span>
                )}
                {deliveries.toLocaleString("en")}
              </span>
            </Share>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Panel({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <div>
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="text-muted-foreground">{note}</p>
      </div>
      {children}
    </section>
  );
}

/** A line above a bar whose length is its share. */
function Share({ share, className, children }: { share: number; className: string; children: ReactNode }) {
  return (
    <li className="relative flex min-h-7 items-center justify-between gap-3 overflow-hidden rounded-sm px-2">
      <span
        aria-hidden="true"
        className={cn("absolute inset-y-0 left-0", className)}
        style={{ width: `${Math.max(1, share * 100)}%` }}
      />
      <span className="relative flex min-w-0 flex-1 items-center justify-between gap-3">{children}</span>
    </li>
  );
}
