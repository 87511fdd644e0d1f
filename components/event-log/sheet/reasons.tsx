import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { Section } from "./section";

/** Why the webhook got the event, which state it was in, and which rule decides what happens next. */
export function Reasons({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { match, webhook, next } = delivery.reasons;
  return (
    <Section title="Why">
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-2 sm:grid-cols-[132px_minmax(0,1fr)]">
        <dt className="text-muted-foreground">Matched</dt>
        <dd>{match}</dd>
        <dt className="text-muted-foreground">Webhook at the time</dt>
        <dd>{webhook}</dd>
        <dt className="text-muted-foreground">The rule</dt>
        <dd>{next}</dd>
      </dl>
    </Section>
  );
}
