import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** The time of a webhook's last attempt, and of its last 2xx answer, if that differs. */
export function LastAttempt({
  endpoint: { lastDeliveryAt, lastSuccessAt },
  inline = false,
}: {
  endpoint: Pick<EndpointOutput, "lastDeliveryAt" | "lastSuccessAt">;
  inline?: boolean;
}) {
  if (!lastDeliveryAt) return inline ? null : "–";
  return (
    <span className={cn(inline ? "text-right" : "grid")}>
      <RelativeTime value={lastDeliveryAt} />
      {lastSuccessAt !== lastDeliveryAt && (
        <span className={cn("text-xs", inline && "block")}>
          {lastSuccessAt ? (
            <>
              last success <RelativeTime value={lastSuccessAt} />
            </>
          ) : (
            "never succeeded"
          )}
        </span>
      )}
    </span>
  );
}
