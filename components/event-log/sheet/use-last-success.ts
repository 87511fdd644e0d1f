"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AttemptOutput, DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { isSuccess } from "@/lib/core/http-statuses";

/** The attempt by which the webhook took another delivery last, of those made before this one; `null` for none. */
export function useLastSuccess(delivery: DeliveryDetailOutput) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.lastSuccess(slug, delivery.id),
    queryFn: async ({ signal }): Promise<AttemptOutput | null> => {
      const filter = {
        endpointId: [delivery.endpoint.id],
        status: ["succeeded" as const],
        to: delivery.createdAt,
        limit: 1,
      };
      const { data } = await callApi("GET /deliveries", { workspace: slug, query: filter, signal });
      const [last] = data;
      if (!last) return null;
      const one = { workspace: slug, params: { id: last.id }, signal };
      const { attemptLog } = await callApi("GET /deliveries/{id}", one);
      return attemptLog.find(({ httpStatus }) => isSuccess(httpStatus)) ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
