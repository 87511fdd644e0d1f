"use client";

import dynamic from "next/dynamic";
import type { ComponentProps } from "react";
import type { EventLog } from "@/components/event-log/event-log";

const LoadedLog = dynamic(async () => (await import("@/components/event-log/event-log")).EventLog);

/** The log of a webhook, which its other tabs do not load. */
export function WebhookEventLog(props: ComponentProps<typeof EventLog>) {
  return <LoadedLog {...props} />;
}
