import { countWaiting } from "@/components/data/describe-waiting";
import { useTryNow } from "@/components/data/use-try-now";
import type { Offer } from "@/components/webhooks/answered-offer";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { WebhookSwitch } from "./use-webhook-switch";

/**
 * The offer after a webhook has answered a test or a retry with a 2xx: to enable a disabled one, or to try one that
 * backs off; `undefined` for others.
 */
export function useOffer(
  endpoint: EndpointOutput,
  enabling: Pick<WebhookSwitch, "start" | "pending">,
): Offer | undefined {
  const trying = useTryNow(endpoint);
  if (endpoint.status === "disabled") {
    const { start, pending } = enabling;
    return { question: "Enable webhook?", label: "Enable webhook", accept: start, pending };
  }
  if (!trying.possible) return undefined;
  const { waiting } = endpoint;
  const what = waiting ? `the ${countWaiting(waiting.count, waiting.more)} waiting` : "waiting events";
  const question = waiting?.count === 1 ? "Send the waiting event?" : `Send ${what}?`;
  return { question, label: "Try now", accept: trying.start, pending: trying.pending };
}
