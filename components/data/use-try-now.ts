import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { isBackingOff } from "@/lib/core/attention";

/**
 * Tries a webhook that backs off now, and reports the result.
 *
 * @param onTried called when the result is known, or no longer awaited
 */
export function useTryNow(endpoint: EndpointOutput, onTried?: () => void) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const mayWrite = useCan("endpoints:write");
  const [pending, setPending] = useState(false);

  async function tryNow(): Promise<void> {
    setPending(true);
    const { tryWebhookNow } = await import("./try-webhook-now");
    await tryWebhookNow({ client, workspace: slug }, endpoint);
    setPending(false);
    onTried?.();
  }

  return {
    /** Whether it backs off and the user may try it. */
    possible: mayWrite && isBackingOff(endpoint),
    start: () => void tryNow(),
    pending,
  };
}
