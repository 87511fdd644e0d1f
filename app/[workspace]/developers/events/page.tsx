import type { Metadata } from "next";
import { EventLog } from "@/components/event-log/event-log";
import { PageHeader } from "@/components/shell/page-header";

export const metadata: Metadata = { title: "Event log" };

export default function EventLogPage() {
  return (
    <>
      <PageHeader title="Event log" />
      <EventLog />
    </>
  );
}
