import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";

/** How many deliveries of each status match the filter's other parts, read again every 10 seconds. */
export function useDeliveryCounts({ status: _chosen, ...filter }: DeliveriesFilter) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.deliveryCounts(slug, filter),
    queryFn: ({ signal }) => callApi("GET /deliveries/counts", { workspace: slug, query: filter, signal }),
    refetchInterval: (query) => polled(query, () => 10_000),
  });
}
