"use client";

import { CircleAlert, CirclePause, type LucideIcon, Pause, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { useOffer } from "@/components/webhooks/actions/use-offer";
import type { WebhookSwitch } from "@/components/webhooks/actions/use-webhook-switch";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { isRule } from "@/lib/core/describe-cause";
import { backsOff } from "@/lib/core/endpoint-state";
import { FailingMessage } from "./failing-message";

const AnsweredOffer = dynamic(
  async () => (await import("@/components/webhooks/answered-offer")).AnsweredOffer,
);
const DisabledMessage = dynamic(async () => (await import("./disabled-message")).DisabledMessage);
const HeldNotice = dynamic(async () => (await import("./held-notice")).HeldNotice);

type Look = { icon: LucideIcon; box: string; iconClass: string };

function lookOf({ status, consecutiveFailures, disabledCause }: EndpointOutput): Look {
  const bad = { icon: CircleAlert, box: "border-danger/40 bg-danger-soft", iconClass: "text-danger" };
  if (status === "disabled" && isRule(disabledCause)) return bad;
  if (status === "disabled")
    return { icon: CirclePause, box: "border-border-strong bg-muted", iconClass: "text-muted-foreground" };
  if (status === "enabled")
    return { icon: Pause, box: "border-border-strong bg-muted", iconClass: "text-muted-foreground" };
  return backsOff(consecutiveFailures)
    ? bad
    : { icon: TriangleAlert, box: "border-warning/40 bg-warning-soft", iconClass: "text-warning" };
}

/**
 * What operators need to know of a webhook that fails, is disabled or holds events: since when, why, what is held,
 * what happens next, and what to do. It stays until that is settled.
 */
export function StateBanner({
  endpoint,
  enabling,
  answered,
}: {
  endpoint: EndpointOutput;
  enabling: WebhookSwitch;
  /** The 2xx that it has just answered to a test or a retry, while disabled or backing off. */
  answered: number | null;
}) {
  const { status, held } = endpoint;
  const { icon: Icon, box, iconClass } = lookOf(endpoint);
  const offer = useOffer(endpoint, enabling);
  let words: ReactNode = null;
  if (status === "failing") words = <FailingMessage endpoint={endpoint} />;
  if (status === "disabled") words = <DisabledMessage endpoint={endpoint} />;
  return (
    <section
      aria-label="State of the webhook"
      data-live=""
      className={cn("mb-4 flex items-start gap-2 rounded-lg border px-3 py-2.5", box)}
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", iconClass)} />
      <div className="grid min-w-0 flex-1 gap-2">
        {words}
        {held > 0 && <HeldNotice endpoint={endpoint} enabling={enabling} />}
        {offer && answered !== null && <AnsweredOffer httpStatus={answered} offer={offer} />}
      </div>
    </section>
  );
}
