"use client";

import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type {
  AttemptOutput,
  DeliveriesPage,
  DeliveryDetailOutput,
  DeliveryOutput,
} from "@/lib/contract/deliveries";
import { isSuccess } from "@/lib/core/http-statuses";

/** Requests that look further back, each for the time that the log may take. */
const looksMax = 5;

export type LastSuccess = {
  /** `null` if none was found. */
  attempt: AttemptOutput | null;
  /** RFC 3339, if it was not looked further back: there may be one before. */
  lookedBackTo: string | null;
};

/** The attempt by which the webhook took another delivery last, of those made before this one. */
export function useLastSuccess(delivery: DeliveryDetailOutput) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: queryKeys.lastSuccess(slug, delivery.id),
    queryFn: async ({ signal }): Promise<LastSuccess> => {
      const filter = {
        endpointId: [delivery.endpoint.id],
        status: ["succeeded" as const],
        to: delivery.createdAt,
        limit: 1,
      };
      let cursor: string | null = null;
      let lookedBackTo: string | null = null;
      let last: DeliveryOutput | undefined;
      for (let looks = 0; !last && (looks === 0 || (cursor !== null && looks < looksMax)); looks += 1) {
        const page: DeliveriesPage = await callApi("GET /deliveries", {
          workspace: slug,
          query: { ...filter, cursor },
          signal,
        });
        ({ nextCursor: cursor, lookedBackTo } = page);
        [last] = page.data;
      }
      if (!last) return { attempt: null, lookedBackTo };
      const one = { workspace: slug, params: { id: last.id }, signal };
      const { attemptLog } = await callApi("GET /deliveries/{id}", one);
      const attempt = attemptLog.find(({ httpStatus }) => isSuccess(httpStatus)) ?? null;
      return { attempt, lookedBackTo: null };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
