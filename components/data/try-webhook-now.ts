import type { QueryClient } from "@tanstack/react-query";
import { formatAge } from "@/components/ui/format-time";
import { toast, toastError } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { countWaiting } from "./describe-waiting";

const lookMs = 500;
/** A receiver has 15 s to answer. Sending what waits may take longer, and is visible on the page. */
const followMs = 30_000;

/**
 * Tries a webhook that backs off now, follows it until it has failed or the waiting events are sent, and reports the
 * result or the API's refusal in a toast. Never rejects.
 */
export async function tryWebhookNow(
  { client, workspace }: { client: QueryClient; workspace: string },
  { id, name, waiting }: EndpointOutput,
): Promise<void> {
  const params = { id };
  const startedAt = Date.now();
  const seconds = () => formatAge(Math.max(1_000, Date.now() - startedAt));
  try {
    const before = await callApi("POST /endpoints/{id}/probe", { workspace, params, body: {} });
    let last: EndpointOutput;
    do {
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      last = await callApi("GET /endpoints/{id}", { workspace, params });
      client.setQueryData(queryKeys.endpoint(workspace, id), last);
    } while (isOpen(last, before) && Date.now() - startedAt < followMs);
    if (hasFailed(last, before)) {
      await toast.error(`${name} failed again`, { description: last.lastFailure?.title });
    } else if (last.consecutiveFailures > 0) {
      await toast(`${name} has not answered yet`, { description: "See its page for the result." });
    } else if (last.waiting) {
      const { count, more } = last.waiting;
      await toast.success(`${name} answers again`, {
        description: `${countWaiting(count, more)} are still being sent.`,
      });
    } else {
      const what = waiting ? countWaiting(waiting.count, waiting.more) : "Waiting events were";
      await toast.success(`${what} delivered in ${seconds()}`, { description: name });
    }
  } catch (error) {
    toastError(error);
  }
  void client.invalidateQueries({ queryKey: queryKeys.deliveries(workspace) });
  await client.invalidateQueries({ queryKey: queryKeys.endpoints(workspace) });
}

/** Whether the try is under way, or waiting events are being sent. */
function isOpen(last: EndpointOutput, before: EndpointOutput): boolean {
  return !hasFailed(last, before) && (last.consecutiveFailures > 0 || last.waiting !== null);
}

/** A failed try adds nothing to the failures in a row, but is the last failure. */
const hasFailed = (last: EndpointOutput, before: EndpointOutput): boolean =>
  last.status === "disabled" ||
  (last.consecutiveFailures > 0 && last.lastFailure?.at !== before.lastFailure?.at);
