import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { createLoader, type SearchParams } from "nuqs/server";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { EventLog } from "@/components/event-log/event-log";
import { logParams, toDeliveriesFilter } from "@/components/event-log/log-params";
import { PageHeader } from "@/components/shell/page-header";
import { EnableAfterRetry } from "@/components/webhooks/actions/enable-after-retry";
import { Repair } from "@/components/webhooks/actions/repair";
import { pageContext } from "@/lib/auth/page-context";

export const metadata: Metadata = { title: "Event log" };

type EventLogPageProps = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

/** The nuqs adapter wraps only pages that keep state in their address, so that others do not load it. */
export default async function EventLogPage({ params, searchParams }: EventLogPageProps) {
  const { deliveries, webhooks } = firstReads(await pageContext((await params).workspace));
  const filter = toDeliveriesFilter(await createLoader(logParams)(searchParams));
  return (
    <NuqsAdapter>
      <PageHeader title="Event log" />
      <FirstData reads={[deliveries(filter), webhooks()]}>
        <EventLog EnableAfterRetry={EnableAfterRetry} Repair={Repair} />
      </FirstData>
    </NuqsAdapter>
  );
}
