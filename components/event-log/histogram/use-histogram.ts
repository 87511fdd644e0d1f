"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";

/**
 * The log's deliveries over time, read again while the page is visible. After a filter change the previous data is
 * shown until the new data arrives.
 */
export function useHistogram({ limit: _, cursor: __, ...filter }: DeliveriesFilter) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.histogram(slug, filter),
    queryFn: ({ signal }) => callApi("GET /deliveries/histogram", { workspace: slug, query: filter, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => polled(query, () => 5_000),
  });
}
