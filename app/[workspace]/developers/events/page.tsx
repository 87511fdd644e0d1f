import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { EventLog } from "@/components/event-log/event-log";
import { PageHeader } from "@/components/shell/page-header";
import { EnableAfterRetry } from "@/components/webhooks/actions/enable-after-retry";

export const metadata: Metadata = { title: "Event log" };

/** The adapter stands around pages that keep state in their address; others do without its weight. */
export default function EventLogPage() {
  return (
    <NuqsAdapter>
      <PageHeader title="Event log" />
      <EventLog EnableAfterRetry={EnableAfterRetry} />
    </NuqsAdapter>
  );
}
