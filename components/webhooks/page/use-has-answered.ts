"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { findNewestDelivery } from "@/lib/api-client/find-newest-delivery";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** How far the clocks of the database and of publishers may differ at most. */
const clocksMs = 3_600_000;

/** Whether a webhook has ever answered an event, including a test, with a 2xx; checked again until it has. */
export function useHasAnswered({ id, createdAt }: Pick<EndpointOutput, "id" | "createdAt">): boolean {
  const { slug } = useWorkspace();
  // Nothing was sent to it before it was created, so the log need not be searched further back.
  const from = new Date(new Date(createdAt).getTime() - clocksMs).toISOString();
  const { data } = useQuery({
    queryKey: queryKeys.hasAnswered(slug, id),
    queryFn: ({ signal }) =>
      findNewestDelivery(slug, { endpointId: [id], status: ["succeeded"], tests: "1", from }, signal),
    refetchInterval: (query) => polled(query, ({ delivery }) => (delivery ? false : 5_000)),
  });
  return Boolean(data?.delivery);
}
