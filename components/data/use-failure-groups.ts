"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";

/**
 * The present failure groups, the largest first.
 *
 * @param endpointId the webhooks to include; undefined for all
 */
export function useFailureGroups(endpointId: string[] | undefined) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.failureGroups(slug, endpointId),
    queryFn: ({ signal }) =>
      callApi("GET /failure-groups", { workspace: slug, query: { endpointId, limit: 50 }, signal }),
    refetchInterval: (query) => polled(query, () => 5_000),
  });
}
