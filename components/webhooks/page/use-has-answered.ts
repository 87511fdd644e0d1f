"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";

/** Whether a webhook has ever answered an event with a 2xx, a test too; asked again until it has. */
export function useHasAnswered(endpointId: string): boolean {
  const { slug } = useWorkspace();
  const filter = { endpointId: [endpointId], status: ["succeeded" as const], tests: "1" as const, limit: 1 };
  const { data } = useQuery({
    queryKey: queryKeys.hasAnswered(slug, endpointId),
    queryFn: ({ signal }) => callApi("GET /deliveries", { workspace: slug, query: filter, signal }),
    refetchInterval: (query) => polled(query, ({ data }) => (data.length > 0 ? false : 5_000)),
  });
  return data !== undefined && data.data.length > 0;
}
