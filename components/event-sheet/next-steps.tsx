"use client";

import { useCan } from "@/components/shell/use-workspace";
import { formatClock, formatDay } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { DeliveryDetailOutput } from "@/lib/deliveries/schemas";
import { Countdown } from "./countdown";
import { Section } from "./section";

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
  if (endpoint.deleted) return "Nothing: the webhook was deleted.";
  if (status === "held") {
    return `The webhook is disabled. It is sent when the webhook is enabled${mayRetry ? "; Retry sends it now" : ""}.`;
  }
  if (status === "failed") {
    const reason = test ? "a test is not retried" : "its retries are used up";
    const way = mayRetry ? "Retry sends" : "An owner or a member of this workspace can send";
    return `Nothing by itself: ${reason}. ${way} it once more.`;
  }
  if (status !== "pending") return delivery.why;
  if (nextAttemptAt === null || now === null) return delivery.why;
  const at = new Date(nextAttemptAt);
  const word = attempts === 0 ? "First attempt" : `Retry ${attempts}`;
  return (
    <>
      {word} at{" "}
      <time dateTime={nextAttemptAt} className="font-medium text-foreground">
        {formatDay(at, now) === "Today" ? "" : `${formatDay(at, now)} `}
        {formatClock(at, false)}
      </time>
      , <Countdown to={at} />. It goes on, at growing intervals, until the webhook answers 2xx.
    </>
  );
}
