"use client";

import { useWebhook } from "@/components/data/use-webhooks";
import { useCan } from "@/components/shell/use-workspace";
import { AnsweredOffer } from "@/components/webhooks/answered-offer";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { useWebhookSwitch } from "./use-webhook-switch";

/** Asks whether to enable a disabled webhook that has answered a retry, or a test, with a 2xx since. */
export function EnableAfterRetry({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { data } = useWebhook(delivery.endpoint.id);
  const mayWrite = useCan("endpoints:write");
  const [last] = delivery.attemptLog;
  const answered =
    data?.disabledAt && delivery.status === "succeeded" && last && last.startedAt > data.disabledAt;
  if (!mayWrite || !answered || last.httpStatus === null) return null;
  return <Ask endpoint={data} httpStatus={last.httpStatus} />;
}

function Ask({ endpoint, httpStatus }: { endpoint: EndpointOutput; httpStatus: number }) {
  const { start, pending, dialog } = useWebhookSwitch(endpoint);
  return (
    <div className="border-border border-b px-5 py-4">
      <AnsweredOffer
        httpStatus={httpStatus}
        offer={{ question: "Enable webhook?", label: "Enable webhook", accept: start, pending }}
      />
      {dialog}
    </div>
  );
}
