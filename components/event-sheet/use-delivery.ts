"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { getDelivery } from "@/lib/api-client/deliveries";
import { queryKeys } from "@/lib/api-client/query-keys";
import { storeDelivery, unanswered } from "./delivery-cache";

/** One delivery with its attempts, read again while something is about to happen to it. */
export function useDelivery(id: string) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useQuery({
    queryKey: queryKeys.delivery(slug, id),
    queryFn: async ({ signal }) => {
      const detail = await getDelivery(slug, id, signal);
      storeDelivery(client, slug, detail);
      return detail;
    },
    refetchInterval: ({ state: { data } }) => {
      if (unanswered.has(id)) return false;
      if (data?.inFlight) return 500;
      if (data?.status !== "pending" || data.nextAttemptAt === null) return false;
      return new Date(data.nextAttemptAt).getTime() < Date.now() + 1_000 ? 1_000 : 5_000;
    },
  });
}
