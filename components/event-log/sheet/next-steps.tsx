"use client";

import type { ReactNode } from "react";
import { useCan } from "@/components/shell/use-workspace";
import { formatClock, formatDay, formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { Countdown } from "./countdown";
import { Section } from "./section";
import { sendLabel } from "./send-label";
import { waitsForWebhook } from "./waits-for-webhook";

/** What happens next to a delivery that has not succeeded. */
export function NextSteps({ delivery }: { delivery: DeliveryDetailOutput }) {
  return (
    <Section title="What happens next">
      <p className="text-muted-foreground">
        <Sentence delivery={delivery} />
      </p>
    </Section>
  );
}

function Sentence({ delivery }: { delivery: DeliveryDetailOutput }) {
  const now = useNow(1_000);
  const mayRetry = useCan("deliveries:write");
  const { status, inFlight, nextAttemptAt, attempts, test, endpoint } = delivery;
  if (inFlight) return "It is being sent now.";
  if (endpoint.deleted) return `${delivery.why} Nothing more is sent.`;
  if (status === "held") {
    return mayRetry ? `${delivery.why} “${sendLabel(delivery)}” sends this one anyway.` : delivery.why;
  }
  if (status === "failed") {
    const reason = test ? "a test is not retried" : "its retry policy allows no more attempts";
    const who = mayRetry ? "You" : "An owner or a developer of this workspace";
    return `No automatic retry: ${reason}. ${who} can send it again.`;
  }
  if (status === "discarded")
    return `No automatic retry. ${delivery.why}${mayRetry ? ` You can still send it${attempts === 0 ? "" : " again"}.` : ""}`;
  if (status !== "pending" || now === null) return delivery.why;
  if (nextAttemptAt === null) return delivery.why;
  const at = new Date(nextAttemptAt);
  const word = attempts === 0 ? "First attempt" : `Retry ${attempts}`;
  const probeAt = endpoint.nextProbeAt && new Date(endpoint.nextProbeAt);
  if (waitsForWebhook(delivery, now)) {
    return (
      <>
        It is sent when the webhook answers again
        {probeAt && probeAt > now && (
          <>
            ; next try <Strong>{formatMoment(probeAt, now)}</Strong>, <Countdown to={probeAt} />
          </>
        )}
        . After several failures in a row, only one event at a time is tried, until one succeeds.
      </>
    );
  }
  return (
    <>
      {word} at{" "}
      <Strong>
        {formatDay(at, now) === "Today" ? "" : `${formatDay(at, now)} `}
        {formatClock(at, false)}
      </Strong>
      , <Countdown to={at} />
      {endpoint.nextProbeAt
        ? ", if the webhook answers again by then. Until it does, only one event at a time is tried."
        : ". It is retried at growing intervals until the webhook answers 2xx."}
    </>
  );
}

function Strong({ children }: { children: ReactNode }) {
  return <span className="font-medium text-foreground">{children}</span>;
}
