import type { HealthTone } from "@/components/webhooks/describe-health";
import type { TransitionOutput } from "@/lib/contract/endpoints";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { isRule } from "@/lib/core/describe-cause";
import { disableFailures } from "@/lib/core/endpoint-state";

export type TransitionMessage = {
  tone: HealthTone;
  title: string;
  /** The actor or the rule. */
  cause: string | null;
  /** The result that caused it, and its consequence. */
  detail: string | null;
};

type Described = Omit<TransitionOutput, "id" | "createdAt">;

/** The text for a change of a webhook's state. */
export function describeTransition(transition: Described): TransitionMessage {
  const { kind, consecutiveFailures, reason, cause } = transition;
  switch (kind) {
    case "failing":
      return {
        tone: "bad",
        title: "Failing",
        cause: `after ${consecutiveFailures} failures in a row`,
        detail: join(lastResult(transition), "From then on, one event at a time was tried."),
      };
    case "threshold":
      return {
        tone: "bad",
        title: "Still failing",
        cause: `after ${consecutiveFailures} failures in a row`,
        detail: join(lastResult(transition), `After ${disableFailures}, it is disabled.`),
      };
    case "disabled":
      return {
        tone: "off",
        title: "Disabled",
        cause: reason,
        detail: isRule(cause) ? lastResult(transition) : null,
      };
    case "recovered":
      return {
        tone: "good",
        title: "Recovered",
        cause: "when an event was delivered",
        detail: null,
      };
    case "enabled":
      return { tone: "good", title: "Enabled", cause: reason, detail: null };
  }
}

function lastResult({ httpStatus, error }: Described): string | null {
  if (error) return `${attemptErrorTexts[error].title}.`;
  return httpStatus === null ? null : `It answered ${httpStatus}.`;
}

const join = (...sentences: (string | null)[]) => sentences.filter((one) => one !== null).join(" ");
