"use client";

import { describeWaitingShortly, isWaitingLong } from "@/components/data/describe-waiting";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/**
 * The last error of a failing webhook, and its waiting events, below each other; for one that does not fail, events
 * that have waited for long.
 */
export function FailingLines({
  endpoint,
}: {
  endpoint: Pick<EndpointOutput, "status" | "lastFailure" | "waiting">;
}) {
  const { status, lastFailure } = endpoint;
  const now = useNow();
  const failing = status === "failing";
  const waiting =
    failing || isWaitingLong(endpoint.waiting, now) ? describeWaitingShortly(endpoint.waiting, now) : null;
  return (
    <>
      {failing && lastFailure && <span className="block text-danger text-xs">{lastFailure.title}</span>}
      {waiting && <span className="block text-muted-foreground text-xs">{waiting}</span>}
    </>
  );
}
