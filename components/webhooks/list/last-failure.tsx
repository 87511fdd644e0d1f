"use client";

import { useNow } from "@/components/ui/use-now";
import { describeWaiting } from "@/components/webhooks/describe-waiting";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** The last error of a failing webhook, in one line, and what waits for it; nothing for others. */
export function LastFailure({
  endpoint,
}: {
  endpoint: Pick<EndpointOutput, "status" | "lastFailure" | "waiting">;
}) {
  const { status, lastFailure } = endpoint;
  const waiting = describeWaiting(endpoint.waiting, useNow());
  if (status !== "failing" || !lastFailure) return null;
  const { title } = lastFailure;
  return (
    <span className="block truncate text-xs" title={waiting ? `${title} · ${waiting}` : title}>
      <span className="text-danger">{title}</span>
      {waiting && <span className="text-muted-foreground"> · {waiting}</span>}
    </span>
  );
}
