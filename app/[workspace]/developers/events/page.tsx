import type { Metadata } from "next";
import { EventLog } from "@/components/event-log/event-log";
import { PageHeader } from "@/components/shell/page-header";
import { UrlState } from "@/components/shell/url-state";

export const metadata: Metadata = { title: "Event log" };

export default function EventLogPage() {
  return (
    <UrlState>
      <PageHeader title="Event log" />
      <EventLog />
    </UrlState>
  );
}
