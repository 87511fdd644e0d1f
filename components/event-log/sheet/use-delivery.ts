"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { storeDelivery, unanswered } from "@/components/data/delivery-cache";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";

function pollMs({ inFlight, status, nextAttemptAt }: DeliveryDetailOutput): number {
  if (inFlight) return 500;
  // Someone may retry it, or enable its webhook.
  if (status !== "pending" || nextAttemptAt === null) return 10_000;
  return new Date(nextAttemptAt).getTime() < Date.now() + 1_000 ? 1_000 : 5_000;
}

/** One delivery with its attempts, read again while it is about to change. */
export function useDelivery(id: string) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useQuery({
    queryKey: queryKeys.delivery(slug, id),
    queryFn: async ({ signal }) => {
      const detail = await callApi("GET /deliveries/{id}", { workspace: slug, params: { id }, signal });
      storeDelivery(client, slug, detail);
      return detail;
    },
    refetchInterval: (query) => (unanswered.has(id) ? false : polled(query, pollMs)),
  });
}
