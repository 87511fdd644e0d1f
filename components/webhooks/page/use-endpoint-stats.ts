"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { StatsWindow } from "@/lib/contract/stats";

/** A webhook's figures of a day, a week or a month, read again while the page is visible. */
export function useEndpointStats(id: string, window: StatsWindow) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.endpointStats(slug, id, window),
    queryFn: ({ signal }) =>
      callApi("GET /endpoints/{id}/stats", { workspace: slug, params: { id }, query: { window }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => polled(query, () => 10_000),
  });
}
