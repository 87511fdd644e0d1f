import type { Metadata } from "next";
import { EventLog } from "@/components/event-log/event-log";
import { PageHeader } from "@/components/shell/page-header";
import { UrlState } from "@/components/shell/url-state";
import { EnableAfterRetry } from "@/components/webhooks/actions/enable-after-retry";

export const metadata: Metadata = { title: "Event log" };

export default function EventLogPage() {
  return (
    <UrlState>
      <PageHeader title="Event log" />
      <EventLog EnableAfterRetry={EnableAfterRetry} />
    </UrlState>
  );
}
