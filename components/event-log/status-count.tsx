"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveriesFilter, DeliveryCountsOutput } from "@/lib/contract/deliveries";

/** How many deliveries with a status match the other filters, like `10,000+`; nothing until that is known. */
export function StatusCount({
  status,
  filter: { status: _chosen, ...filter },
}: {
  status: keyof DeliveryCountsOutput;
  filter: DeliveriesFilter;
}) {
  const { slug } = useWorkspace();
  const { data } = useQuery({
    queryKey: queryKeys.deliveryCounts(slug, filter),
    queryFn: ({ signal }) => callApi("GET /deliveries/counts", { workspace: slug, query: filter, signal }),
    refetchInterval: (query) => polled(query, () => 10_000),
  });
  if (!data) return null;
  const { count, more } = data[status];
  return (
    <>
      {count.toLocaleString("en")}
      {more && "+"}
    </>
  );
}
