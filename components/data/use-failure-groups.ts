"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { FailureGroupsFilter } from "@/lib/contract/failure-groups";

/** The present failure groups, the worst first. */
export function useFailureGroups(filter: FailureGroupsFilter, { enabled = true } = {}) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.failureGroups(slug, filter),
    queryFn: ({ signal }) =>
      callApi("GET /failure-groups", {
        workspace: slug,
        query: { ...filter, order: "worst", limit: 50 },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: (query) => polled(query, () => 5_000),
  });
}
