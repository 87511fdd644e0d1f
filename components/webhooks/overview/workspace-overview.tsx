"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { PageHeader } from "@/components/shell/page-header";
import { useWorkspace } from "@/components/shell/use-workspace";
import { ErrorState } from "@/components/ui/error-state";
import { formatMoment } from "@/components/ui/format-time";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { useReadError } from "@/components/ui/use-read-error";
import type { OverviewOutput } from "@/lib/contract/stats";
import { Figures } from "./figures";
import { LedgerSums } from "./ledger-sums";
import { NeedsSomebody } from "./needs-somebody";
import { useOverview } from "./use-overview";

const chartHeight = "min-h-[213px]";
const OutcomesChart = dynamic(
  async () => (await import("@/components/charts/outcomes-chart")).OutcomesChart,
  { ssr: false, loading: () => <Skeleton className="h-[190px]" /> },
);
const GettingStarted = dynamic(async () => (await import("./getting-started")).GettingStarted);

/**
 * The first page of a workspace: today against yesterday, what needs attention, deliveries over time, and the ledger.
 */
export function WorkspaceOverview({ timeZone }: { timeZone: string }) {
  const query = useOverview(timeZone);
  const webhooks = useWebhooks();
  const failure = useReadError(query);
  const { data } = query;
  const isNew = data && webhooks.data && webhooks.data.data.length === 0 && data.ledger.accepted === 0;
  return (
    <div className="px-4 py-5 md:px-6">
      <PageHeader title="Overview" />
      {failure && (
        <ErrorState
          title="The overview could not be loaded"
          error={failure}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {!data && !failure && <OverviewSkeleton />}
      {data && (isNew ? <GettingStarted /> : <Overview data={data} />)}
    </div>
  );
}

function Overview({ data }: { data: OverviewOutput }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const now = useNow(60_000);
  return (
    <div data-live="" className="grid grid-cols-1 gap-6">
      <Figures today={data.today} yesterday={data.yesterday} />
      <Section title="Needs attention">
        <NeedsSomebody />
      </Section>
      <Section
        title="Deliveries, last 24 hours"
        action={
          <Link href={`${webhookPaths.log(slug)}?range=24h`} className="text-link hover:underline">
            Open the log
          </Link>
        }
      >
        <div className={chartHeight}>
          <OutcomesChart
            title="Deliveries by hour"
            data={data.hours}
            bucketSeconds={3_600}
            onOpen={(from, to) => router.push(webhookPaths.logBetween(slug, from, to))}
          />
        </div>
        {data.countedFrom && now && (
          <p className="text-muted-foreground text-xs">
            Counts are incomplete before {formatMoment(new Date(data.countedFrom), now)}.
          </p>
        )}
      </Section>
      <Section title="Ledger">
        <LedgerSums ledger={data.ledger} held={data.held} />
      </Section>
    </div>
  );
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-1 gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-base">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

function OverviewSkeleton() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading the overview" className="grid grid-cols-1 gap-6">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {Array.from({ length: 4 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <Skeleton key={index} className="h-[86px] rounded-lg" />
        ))}
      </div>
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-56 rounded-lg" />
    </div>
  );
}
