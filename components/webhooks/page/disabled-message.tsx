"use client";

import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { formatDate } from "@/components/ui/format-time";
import { RelativeTime } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { daysFrom } from "@/components/webhooks/actions/held-messages";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { LastErrorMessage } from "./last-error-message";
import { ShowFailures } from "./show-failures";

/**
 * For a disabled webhook: by whom or which rule and since when, the error, what happens to its events, and what to
 * do.
 */
export function DisabledMessage({ endpoint }: { endpoint: EndpointOutput }) {
  const { retentionDays } = useWorkspace();
  const mayEnable = useCan("endpoints:write");
  const now = useNow();
  const { disabledAt, disabledReason, disabledCause, discardsWhileDisabled, consecutiveFailures } = endpoint;
  const broken = consecutiveFailures > 0;
  const kept = now ? `, until ${formatDate(daysFrom(now, retentionDays), now)} at the latest` : "";
  return (
    <div className="grid gap-1">
      <p className="font-medium">
        Disabled
        {disabledReason && `${disabledCause?.kind === "gone" ? ":" : ""} ${disabledReason}`}
        {disabledAt && (
          <>
            , <RelativeTime value={disabledAt} />
          </>
        )}
      </p>
      {broken && <LastErrorMessage endpoint={endpoint} />}
      <p>
        Nothing is sent automatically.{" "}
        {discardsWhileDisabled ? "New events are discarded." : `New events are held${kept}.`}{" "}
        {describeWay(broken, mayEnable)}
      </p>
      {broken && <ShowFailures endpointId={endpoint.id} />}
    </div>
  );
}

function describeWay(broken: boolean, mayEnable: boolean): string {
  if (!mayEnable) return "An owner or a developer of this workspace can enable it.";
  return broken
    ? "When the receiver is fixed, send a test event, then enable the webhook."
    : "To continue, enable the webhook.";
}
