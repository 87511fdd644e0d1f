"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { findNewestDelivery } from "@/lib/api-client/find-newest-delivery";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AttemptOutput, DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { isSuccess } from "@/lib/core/http-statuses";

export type LastSuccess = {
  /** `null` if none was found. */
  attempt: AttemptOutput | null;
  /** RFC 3339, if the search stopped there: there may be an earlier one. */
  lookedBackTo: string | null;
};

/** The webhook's last successful attempt of another delivery before this one. */
export function useLastSuccess(delivery: DeliveryDetailOutput) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.lastSuccess(slug, delivery.id),
    queryFn: async ({ signal }): Promise<LastSuccess> => {
      const { delivery: last, lookedBackTo } = await findNewestDelivery(
        slug,
        { endpointId: [delivery.endpoint.id], status: ["succeeded"], to: delivery.createdAt },
        signal,
      );
      if (!last) return { attempt: null, lookedBackTo };
      const one = { workspace: slug, params: { id: last.id }, signal };
      const { attemptLog } = await callApi("GET /deliveries/{id}", one);
      const attempt = attemptLog.find(({ httpStatus }) => isSuccess(httpStatus)) ?? null;
      return { attempt, lookedBackTo: null };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
