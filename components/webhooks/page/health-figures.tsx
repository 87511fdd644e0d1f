import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { formatRate } from "@/lib/core/format-rate";

/** "98.2 % of 1,204 events in 24 hours · Last success 2 minutes ago · Last attempt 1 second ago"; nothing if nothing was sent. */
export function HealthFigures({
  endpoint: { health24h, lastDeliveryAt, lastSuccessAt },
}: {
  endpoint: EndpointOutput;
}) {
  const { due, successRate } = health24h;
  if (!lastDeliveryAt) return null;
  return (
    <span className="flex flex-wrap gap-x-3 text-muted-foreground">
      {successRate !== null && (
        <span>
          {formatRate(successRate)} of {due.toLocaleString("en")} {due === 1 ? "event" : "events"} in 24 hours
        </span>
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
