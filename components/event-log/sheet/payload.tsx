import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { curlCommand } from "./curl-command";
import { HiddenData } from "./hidden-data";
import { latestRequest } from "./latest-request";
import { Section } from "./section";

/** The body as sent, and a curl command that sends it again with the headers of the last attempt. */
export function Payload({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { payload } = delivery;
  if (payload === null) {
    return (
      <Section title="Payload">
        <HiddenData />
      </Section>
    );
  }
  const curl = curlCommand({ ...latestRequest(delivery), body: payload });
  return (
    <Section title="Payload" action={<CopyButton value={curl} text="Copy as curl" label="Copy as curl" />}>
      <JsonView json={payload} label="payload as JSON" fileName={`${delivery.eventId}.json`} />
    </Section>
  );
}
