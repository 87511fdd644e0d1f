import { CircleAlert } from "lucide-react";
import { canUseTarget } from "@/components/data/redirect-target";
import { JsonView } from "@/components/ui/json-view";
import type { AttemptOutput, DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { describeFailure } from "./describe-failure";
import { HiddenData } from "./hidden-data";
import { Section } from "./section";

/** Why the last attempt failed, what to do, and the receiver's response. */
export function ErrorSection({
  attempt,
  endpoint,
}: {
  attempt: AttemptOutput;
  endpoint: DeliveryDetailOutput["endpoint"];
}) {
  // The repair below names a redirect's target beside its buttons.
  const isNamedBelow = !endpoint.deleted && canUseTarget(attempt, endpoint);
  const failure = describeFailure(isNamedBelow ? { ...attempt, errorDetail: null } : attempt);
  if (!failure) return null;
  return (
    <Section title="Error">
      <div className="grid grid-cols-1 gap-2">
        <p className="flex items-start gap-2 font-medium text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {failure.title}
        </p>
        {failure.advice && <p className="text-muted-foreground">{failure.advice}</p>}
        {failure.detail && (
          <p className="break-words font-mono text-muted-foreground text-xs">{failure.detail}</p>
        )}
        {attempt.response &&
          (attempt.response.body === null ? (
            <HiddenData />
          ) : attempt.response.body === "" ? (
            <p className="text-muted-foreground">The response has no body.</p>
          ) : (
            <JsonView json={attempt.response.body} label="response body" />
          ))}
        {attempt.response?.truncated && (
          <p className="text-muted-foreground text-xs">Only the first 64 KiB of the response are kept.</p>
        )}
      </div>
    </Section>
  );
}
