import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** When a webhook was last sent something; and when it last answered 2xx, if that was not the same time. */
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
