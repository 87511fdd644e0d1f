"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { getDelivery, retryDelivery } from "@/lib/api-client/deliveries";
import { queryKeys } from "@/lib/api-client/query-keys";
import { logListsKey, patchDelivery, storeDelivery } from "./delivery-cache";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const times = (count: number, milliseconds: number) => Array.from({ length: count }, () => milliseconds);

/** Times after which the result is looked for: often at first, then until a receiver must have timed out. */
const looksMs = [...times(20, 50), ...times(10, 200), ...times(60, 500)];

/**
 * Retries a delivery: sheet and row say *Sending…* at once, and change in place when the result is there.
 * Where it could not be asked for, `retry` answers why, and `failure` keeps it for the sheet.
 */
export function useRetryDelivery() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const [failure, setFailure] = useState<{ id: string; message: string } | null>(null);

  async function retry(id: string): Promise<string | null> {
    setFailure(null);
    await client.cancelQueries({ queryKey: queryKeys.deliveries(slug) });
    patchDelivery(client, slug, id, { inFlight: true });
    try {
      patchDelivery(client, slug, id, await retryDelivery(slug, id));
    } catch (error) {
      const message = error instanceof Error ? error.message : "It could not be retried.";
      setFailure({ id, message });
      await client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) });
      return message;
    }
    for (const milliseconds of looksMs) {
      await pause(milliseconds);
      const detail = await getDelivery(slug, id).catch(() => null);
      if (!detail) continue;
      // What sheet and log have asked for meanwhile may be older than this result, and come after it.
      if (!detail.inFlight) await client.cancelQueries({ queryKey: queryKeys.deliveries(slug) });
      storeDelivery(client, slug, detail);
      if (!detail.inFlight) break;
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) }),
      client.invalidateQueries({ queryKey: logListsKey(slug) }),
    ]);
    return null;
  }

  return { retry, failure };
}
