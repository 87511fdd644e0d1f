"use client";

import { describeWaiting } from "@/components/data/describe-waiting";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** The last error of a failing webhook, and what waits for it, in a line each; nothing for others. */
export function FailingLines({
  endpoint,
}: {
  endpoint: Pick<EndpointOutput, "status" | "lastFailure" | "waiting">;
}) {
  const { status, lastFailure } = endpoint;
  const waiting = describeWaiting(endpoint.waiting, useNow());
  if (status !== "failing" || !lastFailure) return null;
  const { title } = lastFailure;
  return (
    <>
      <span className="block truncate text-danger text-xs" title={title}>
        {title}
      </span>
      {waiting && (
        <span className="block truncate text-muted-foreground text-xs" title={waiting}>
          {waiting}
        </span>
      )}
    </>
  );
}
