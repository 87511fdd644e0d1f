"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { listDeliveries } from "@/lib/api-client/deliveries";
import { queryKeys } from "@/lib/api-client/query-keys";

/** Whether a webhook has ever answered an event with a 2xx, a test too; asked again until it has. */
export function useHasAnswered(endpointId: string): boolean {
  const { slug } = useWorkspace();
  const filter = { endpointId: [endpointId], status: ["succeeded" as const], tests: "1" as const, limit: 1 };
  const { data } = useQuery({
    queryKey: queryKeys.hasAnswered(slug, endpointId),
    queryFn: ({ signal }) => listDeliveries(slug, filter, signal),
    refetchInterval: ({ state: { data: page } }) => (page?.data.length ? false : 5_000),
  });
  return data !== undefined && data.data.length > 0;
}
