"use client";

import { describeWaitingShortly, isWaitingLong } from "@/components/data/describe-waiting";
import { RelativeTime } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { formatRate } from "@/lib/core/format-rate";

/**
 * "98.2 % of 1,204 events in 24 hours · Last success 2 minutes ago · Last attempt 1 second ago"; nothing if nothing
 * was sent. Waiting events are included unless the webhook fails: then the banner below shows them, with what to do.
 */
export function HealthFigures({
  endpoint: { status, health24h, lastDeliveryAt, lastSuccessAt, waiting },
}: {
  endpoint: EndpointOutput;
}) {
  const { due, successRate } = health24h;
  const now = useNow();
  if (!lastDeliveryAt) return null;
  return (
    <span className="flex flex-wrap gap-x-3 text-muted-foreground">
      {successRate !== null && (
        <span>
          {formatRate(successRate)} of {due.toLocaleString("en")} {due === 1 ? "event" : "events"} in 24 hours
        </span>
      )}
      {status !== "failing" && isWaitingLong(waiting, now) && (
        <span>{describeWaitingShortly(waiting, now)}</span>
      )}
      <span>
        {lastSuccessAt ? (
          <>
            Last success <RelativeTime value={lastSuccessAt} />
          </>
        ) : (
          "Never succeeded"
        )}
      </span>
      {lastSuccessAt !== lastDeliveryAt && (
        <span>
          Last attempt <RelativeTime value={lastDeliveryAt} />
        </span>
      )}
    </span>
  );
}
