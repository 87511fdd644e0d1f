import type { Metadata } from "next";
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { createLoader, type SearchParams } from "nuqs/server";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { logParams, toDeliveriesFilter } from "@/components/event-log/log-params";
import { LogViews } from "@/components/event-log/published/log-views";
import {
  publishedParams,
  toEventsFilter,
  viewParam,
} from "@/components/event-log/published/published-params";
import { PageHeader } from "@/components/shell/page-header";
import { EnableAfterRetry } from "@/components/webhooks/actions/enable-after-retry";
import { Repair } from "@/components/webhooks/actions/repair";
import { pageContext } from "@/lib/auth/page-context";

// Each view is loaded separately.
const EventLog = dynamic(async () => (await import("@/components/event-log/event-log")).EventLog);
const PublishedLog = dynamic(
  async () => (await import("@/components/event-log/published/published-log")).PublishedLog,
);

export const metadata: Metadata = { title: "Event log" };

type EventLogPageProps = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

/** The nuqs adapter wraps only pages that keep state in their address, so that others do not load it. */
export default async function EventLogPage({ params, searchParams }: EventLogPageProps) {
  const { workspace } = await params;
  const { deliveries, failureGroups, published, webhooks } = firstReads(await pageContext(workspace));
  const { view } = await createLoader(viewParam)(searchParams);
  if (view === "published") {
    const filter = toEventsFilter(await createLoader(publishedParams)(searchParams));
    return (
      <NuqsAdapter>
        <PageHeader title="Event log" />
        <LogViews workspace={workspace} view={view} />
        <FirstData reads={[published(filter)]}>
          <PublishedLog />
        </FirstData>
      </NuqsAdapter>
    );
  }
  const filter = toDeliveriesFilter(await createLoader(logParams)(searchParams));
  return (
    <NuqsAdapter>
      <PageHeader title="Event log" />
      <LogViews workspace={workspace} view={view} />
      <FirstData reads={[deliveries(filter), failureGroups(filter), webhooks()]}>
        <EventLog EnableAfterRetry={EnableAfterRetry} Repair={Repair} />
      </FirstData>
    </NuqsAdapter>
  );
}
